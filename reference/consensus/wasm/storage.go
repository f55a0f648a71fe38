package main

import (
	"fmt"

	"go.etcd.io/raft/v3"
	pb "go.etcd.io/raft/v3/raftpb"
)

// entryOverhead is about what one entry costs besides its data: the message object, its three numbers, its place in the log.
const entryOverhead = 200

// storage is the log that raft reads: what the host has said to be stored, newest snapshot point apart from where the log
// starts. It decides what may be dropped; what is durable is the host's word.
type storage struct {
	hard *pb.HardState
	// The newest state snapshot that the host holds.
	snapshot *pb.SnapshotMetadata
	// membership is in force after the entry at membershipIndex, the last membership change that was applied.
	membership      *pb.ConfState
	membershipIndex uint64
	// The entry before the first one that is held; its term is known unless the log starts below the snapshot point.
	start     uint64
	startTerm uint64
	termKnown bool
	entries   []*pb.Entry
	bytes     uint64
	// maxBytes bounds what is kept behind the snapshot point for members that lag; 0 = all.
	maxBytes uint64
}

func costOf(e *pb.Entry) uint64 { return uint64(len(e.GetData())) + entryOverhead }

// restored checks what the host brings back from its stores and builds the log from it. Applied entries were committed,
// so the commit index is raised to them: its own write need not have been synced.
func restored(hard *pb.HardState, snapshot *pb.SnapshotMetadata, entries []*pb.Entry, applied, maxBytes uint64) (*storage, error) {
	s := &storage{hard: hard, snapshot: snapshot, entries: entries, maxBytes: maxBytes}
	s.start, s.startTerm, s.termKnown = snapshot.GetIndex(), snapshot.GetTerm(), true
	if _, err := tracked(snapshot.GetConfState()); err != nil {
		return nil, fmt.Errorf("the membership of the snapshot point %d: %w", snapshot.GetIndex(), err)
	}
	if len(entries) > 0 && entries[0].GetIndex() != s.start+1 {
		if entries[0].GetIndex() == 0 || entries[0].GetIndex() > s.start {
			return nil, fmt.Errorf("the log starts at %d, and the snapshot point is %d: entries between them are missing", entries[0].GetIndex(), s.start)
		}
		s.start, s.startTerm = entries[0].GetIndex()-1, 0
		s.termKnown = s.start == 0
	}
	term := s.startTerm
	for _, e := range entries {
		if e.GetTerm() < term || e.GetTerm() == 0 {
			return nil, fmt.Errorf("entry %d has term %d after term %d", e.GetIndex(), e.GetTerm(), term)
		}
		if e.GetIndex() == snapshot.GetIndex() && e.GetTerm() != snapshot.GetTerm() {
			return nil, fmt.Errorf("entry %d has term %d, and the snapshot point has term %d", e.GetIndex(), e.GetTerm(), snapshot.GetTerm())
		}
		term = e.GetTerm()
		s.bytes += costOf(e)
	}
	last := s.last()
	switch {
	case snapshot.GetIndex() > last:
		return nil, fmt.Errorf("the log ends at %d, before the snapshot point %d", last, snapshot.GetIndex())
	case applied < s.start:
		return nil, fmt.Errorf("the state has applied up to %d, and the log starts after %d: entries between them are missing", applied, s.start)
	case applied > last:
		return nil, fmt.Errorf("the state has applied up to %d, and the log ends at %d: entries were lost", applied, last)
	case hard.GetCommit() > last:
		return nil, fmt.Errorf("entries up to %d are committed, and the log ends at %d: entries were lost", hard.GetCommit(), last)
	case hard.GetTerm() < term:
		return nil, fmt.Errorf("the stored term is %d, and the log holds term %d: the stored term or vote was lost", hard.GetTerm(), term)
	}
	hard.Commit = new(max(hard.GetCommit(), applied, snapshot.GetIndex()))
	s.membership, s.membershipIndex = snapshot.GetConfState(), snapshot.GetIndex()
	// The state may be ahead of the snapshot point; raft must know the membership of what is applied.
	for _, e := range entries {
		if e.GetIndex() <= s.membershipIndex || e.GetIndex() > applied || e.GetType() == pb.EntryNormal {
			continue
		}
		change, err := changeOf(e.GetType(), e.GetData())
		if err == nil {
			s.membership, err = after(s.membership, change)
		}
		if err != nil {
			return nil, fmt.Errorf("the membership change of entry %d: %w", e.GetIndex(), err)
		}
		s.membershipIndex = e.GetIndex()
	}
	return s, nil
}

func (s *storage) last() uint64 { return s.start + uint64(len(s.entries)) }

// InitialState, FirstIndex, LastIndex, Term, Entries and Snapshot are raft.Storage.
func (s *storage) InitialState() (*pb.HardState, *pb.ConfState, error) {
	return s.hard, s.membership, nil
}

func (s *storage) FirstIndex() (uint64, error) { return s.start + 1, nil }
func (s *storage) LastIndex() (uint64, error)  { return s.last(), nil }

func (s *storage) Term(i uint64) (uint64, error) {
	switch {
	case i < s.start || i == s.start && !s.termKnown:
		return 0, raft.ErrCompacted
	case i == s.start:
		return s.startTerm, nil
	case i > s.last():
		return 0, raft.ErrUnavailable
	}
	return s.entries[i-s.start-1].GetTerm(), nil
}

// Entries never answers more than raft's own measure allows: 32 bytes cover the framing of any entry.
func (s *storage) Entries(lo, hi, maxSize uint64) ([]*pb.Entry, error) {
	if lo <= s.start {
		return nil, raft.ErrCompacted
	}
	if hi > s.last()+1 {
		return nil, raft.ErrUnavailable
	}
	entries := s.entries[lo-s.start-1 : hi-s.start-1]
	size := uint64(0)
	for i, e := range entries {
		if size += uint64(len(e.GetData())) + 32; size > maxSize && i > 0 {
			entries = entries[:i]
			break
		}
	}
	return entries[:len(entries):len(entries)], nil
}

// Snapshot withholds a point that is older than the last membership change: a member that this change added would ignore
// it, for ever. The host has said that it brings a newer one.
func (s *storage) Snapshot() (*pb.Snapshot, error) {
	if s.snapshot.GetIndex() < s.membershipIndex {
		return nil, raft.ErrSnapshotTemporarilyUnavailable
	}
	return &pb.Snapshot{Metadata: s.snapshot}, nil
}

// append takes entries that the host has stored; they replace whatever stands at or above the first one.
func (s *storage) append(entries []*pb.Entry) {
	if len(entries) == 0 {
		return
	}
	first := entries[0].GetIndex()
	if first <= s.start || first > s.last()+1 {
		panic(fmt.Sprintf("entries from %d do not fit a log of %d to %d", first, s.start+1, s.last()))
	}
	kept := first - s.start - 1
	for _, e := range s.entries[kept:] {
		s.bytes -= costOf(e)
	}
	for _, e := range entries {
		s.bytes += costOf(e)
	}
	// The full slice expression protects entries that were handed to raft from being overwritten in place.
	if kept < uint64(len(s.entries)) {
		s.entries = s.entries[:kept:kept]
	}
	s.entries = append(s.entries, entries...)
}

// install replaces everything by a snapshot that was received and that the host has stored.
func (s *storage) install(point *pb.SnapshotMetadata) {
	s.snapshot = point
	s.membership, s.membershipIndex = point.GetConfState(), point.GetIndex()
	s.start, s.startTerm, s.termKnown = point.GetIndex(), point.GetTerm(), true
	s.entries, s.bytes = nil, 0
}

// compact drops entries up to index, but none that a newcomer would need after the snapshot, nor one that waits to be applied.
func (s *storage) compact(index, applied uint64) {
	index = min(index, applied, s.snapshot.GetIndex())
	if index <= s.start {
		return
	}
	n := index - s.start
	for _, e := range s.entries[:n] {
		s.bytes -= costOf(e)
	}
	s.start, s.startTerm, s.termKnown = index, s.entries[n-1].GetTerm(), true
	// Copied, so that the dropped entries can be freed.
	s.entries = append(make([]*pb.Entry, 0, uint64(len(s.entries))-n+16), s.entries[n:]...)
}

// bound drops the oldest entries until the log is within its bytes, as far as compact allows.
func (s *storage) bound(applied uint64) {
	if s.maxBytes == 0 || s.bytes <= s.maxBytes {
		return
	}
	excess, n := s.bytes-s.maxBytes, 0
	for freed := uint64(0); n < len(s.entries) && freed < excess; n++ {
		freed += costOf(s.entries[n])
	}
	s.compact(s.start+uint64(n), applied)
}
