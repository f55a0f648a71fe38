package main

import (
	"crypto/rand"
	"errors"
	"fmt"
)

// What raft takes from its surroundings besides its inputs: randomness and a logger. Both are made deterministic here.

// splitmix is the random stream of one group, so that one group's draws never move another's.
type splitmix struct{ state uint64 }

func (s *splitmix) next() uint64 {
	s.state += 0x9e3779b97f4a7c15
	z := s.state
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb
	return z ^ (z >> 31)
}

// seeded stands in for crypto/rand.Reader, from which raft draws its election jitter.
type seeded struct{}

func (seeded) Read(p []byte) (int, error) {
	if current == nil {
		return 0, errors.New("random numbers were drawn outside a group's call")
	}
	for i := range p {
		p[i] = byte(current.random.next() >> 24)
	}
	return len(p), nil
}

func init() { rand.Reader = seeded{} }

// verbose lets raft's own log lines out on file descriptor 2; formatting them is not free.
var verbose bool

type logger struct{}

func (logger) say(level, text string) {
	id := uint64(0)
	if current != nil {
		id = current.id
	}
	println(level, "member", id, text)
}

func (l logger) Debug(v ...any)              { l.print("debug", v) }
func (l logger) Debugf(f string, v ...any)   { l.printf("debug", f, v) }
func (l logger) Info(v ...any)               { l.print("info", v) }
func (l logger) Infof(f string, v ...any)    { l.printf("info", f, v) }
func (l logger) Warning(v ...any)            { l.print("warning", v) }
func (l logger) Warningf(f string, v ...any) { l.printf("warning", f, v) }
func (l logger) Error(v ...any)              { l.print("error", v) }
func (l logger) Errorf(f string, v ...any)   { l.printf("error", f, v) }

// raft relies on these four not to return.
func (logger) Fatal(v ...any)            { panic(fmt.Sprint(v...)) }
func (logger) Fatalf(f string, v ...any) { panic(fmt.Sprintf(f, v...)) }
func (logger) Panic(v ...any)            { panic(fmt.Sprint(v...)) }
func (logger) Panicf(f string, v ...any) { panic(fmt.Sprintf(f, v...)) }

func (l logger) print(level string, v []any) {
	if verbose {
		l.say(level, fmt.Sprint(v...))
	}
}

func (l logger) printf(level, format string, v []any) {
	if verbose {
		l.say(level, fmt.Sprintf(format, v...))
	}
}
