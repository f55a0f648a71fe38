package main

import (
	"crypto/rand"
	"errors"
	"fmt"
)

// What raft takes from its surroundings besides its inputs, made deterministic and silent: randomness and a logger.

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

type logger struct{}

func (logger) Debug(...any)            {}
func (logger) Debugf(string, ...any)   {}
func (logger) Info(...any)             {}
func (logger) Infof(string, ...any)    {}
func (logger) Warning(...any)          {}
func (logger) Warningf(string, ...any) {}
func (logger) Error(...any)            {}
func (logger) Errorf(string, ...any)   {}

// raft relies on these four not to return.
func (logger) Fatal(v ...any)            { panic(fmt.Sprint(v...)) }
func (logger) Fatalf(f string, v ...any) { panic(fmt.Sprintf(f, v...)) }
func (logger) Panic(v ...any)            { panic(fmt.Sprint(v...)) }
func (logger) Panicf(f string, v ...any) { panic(fmt.Sprintf(f, v...)) }
