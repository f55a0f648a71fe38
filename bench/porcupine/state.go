package main

import (
	"cmp"
	"hash/maphash"
	"slices"
)

// A place in the namespace: of a volume the bucket and the key are empty, of a bucket the key is.
type place struct{ volume, bucket, key string }

func compare(a, b place) int {
	return cmp.Or(cmp.Compare(a.volume, b.volume), cmp.Compare(a.bucket, b.bucket), cmp.Compare(a.key, b.key))
}

type entry struct {
	place place
	value string
}

// A state is what is there, in order. It is never changed: Porcupine keeps states.
type state []entry

func (s state) find(at place) (int, bool) {
	return slices.BinarySearchFunc(s, at, func(e entry, wanted place) int { return compare(e.place, wanted) })
}

func (s state) value(at place) (string, bool) {
	if index, found := s.find(at); found {
		return s[index].value, true
	}
	return "", false
}

func (s state) has(at place) bool {
	_, found := s.find(at)
	return found
}

func (s state) with(at place, value string) state {
	index, found := s.find(at)
	result := make(state, 0, len(s)+1)
	result = append(append(result, s[:index]...), entry{at, value})
	if found {
		index++
	}
	return append(result, s[index:]...)
}

func (s state) without(at place) state {
	index, found := s.find(at)
	if !found {
		return s
	}
	return append(append(make(state, 0, len(s)), s[:index]...), s[index+1:]...)
}

var seed = maphash.MakeSeed()

func (s state) hash() uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	for _, e := range s {
		h.WriteString(e.place.volume)
		h.WriteByte(0)
		h.WriteString(e.place.bucket)
		h.WriteByte(0)
		h.WriteString(e.place.key)
		h.WriteByte(0)
		h.WriteString(e.value)
		h.WriteByte(0)
	}
	return h.Sum64()
}
