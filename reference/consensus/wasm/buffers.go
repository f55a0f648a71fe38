package main

import (
	"encoding/binary"
	"math"
	"unsafe"

	pb "go.etcd.io/raft/v3/raftpb"
	"google.golang.org/protobuf/proto"
)

// How values cross between host and core: the two buffers, a writer and a reader. Which values, is said where they are used.

// maxWhole is the largest whole number that a float64 carries exactly.
const maxWhole = 1<<53 - 1

// keepBytes bounds what a buffer may keep between calls: linear memory never shrinks, but what is free can be used again.
const keepBytes = 4 << 20

var (
	in  []byte
	out []byte
	// position is where the hot calls leave numbers, so that nothing has to be decoded; see raft_position.
	position [5]float64
)

func pointer(p unsafe.Pointer) uint32 { return uint32(uintptr(p)) }

func bit(on bool, value uint32) uint32 {
	if on {
		return value
	}
	return 0
}

// fail puts the text where the host looks for it.
func fail(code int32, text string) int32 {
	out = append(out[:0], text...)
	return code
}

// begin starts a result.
func begin() writer {
	if cap(out) > keepBytes {
		out = nil
	}
	return writer{out[:0]}
}

// end hands the result out and answers its length.
func (w *writer) end() int32 {
	out = w.b
	return int32(len(out))
}

type writer struct{ b []byte }

func (w *writer) u32(v uint32) { w.b = binary.LittleEndian.AppendUint32(w.b, v) }
func (w *writer) whole(v uint64) {
	w.b = binary.LittleEndian.AppendUint64(w.b, math.Float64bits(float64(v)))
}
func (w *writer) data(v []byte) { w.u32(uint32(len(v))); w.b = append(w.b, v...) }

// patch sets a u32 that was written before its value was known.
func (w *writer) patch(at int, v uint32) { binary.LittleEndian.PutUint32(w.b[at:], v) }

func (w *writer) wholes(v ...uint64) {
	for _, n := range v {
		w.whole(n)
	}
}

func (w *writer) membership(cs *pb.ConfState) {
	for _, ids := range [...][]uint64{cs.GetVoters(), cs.GetLearners(), cs.GetVotersOutgoing(), cs.GetLearnersNext()} {
		w.u32(uint32(len(ids)))
		w.wholes(ids...)
	}
	w.u32(bit(cs.GetAutoLeave(), 1))
}

// entries are consecutive, so that only the first index is written.
func (w *writer) entries(entries []*pb.Entry) {
	w.u32(uint32(len(entries)))
	if len(entries) == 0 {
		return
	}
	w.whole(entries[0].GetIndex())
	for _, e := range entries {
		w.whole(e.GetTerm())
		w.u32(uint32(e.GetType()))
		w.data(e.GetData())
	}
}

var marshal = proto.MarshalOptions{Deterministic: true}

// message is written as what the host needs to route it and the bytes that the receiver's step takes.
func (w *writer) message(m *pb.Message) {
	w.whole(m.GetTo())
	w.u32(uint32(m.GetType()))
	if m.GetType() == pb.MsgSnap {
		w.whole(m.GetSnapshot().GetMetadata().GetIndex())
	}
	at := len(w.b)
	w.u32(0)
	var err error
	if w.b, err = marshal.MarshalAppend(w.b, m); err != nil {
		panic(err)
	}
	w.patch(at, uint32(len(w.b)-at-4))
}

// reader takes values off its input; after a value that is not there or not allowed it is bad and answers zeros.
type reader struct {
	b   []byte
	bad bool
}

// input reads the n bytes that the host put into the in buffer.
func input(n uint32) *reader {
	if n > uint32(len(in)) {
		return &reader{bad: true}
	}
	return &reader{b: in[:n]}
}

func (r *reader) take(n uint32) []byte {
	if uint32(len(r.b)) < n {
		r.bad, r.b = true, nil
		return nil
	}
	v := r.b[:n]
	r.b = r.b[n:]
	return v
}

func (r *reader) u32() uint32 {
	if b := r.take(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

func (r *reader) whole() uint64 {
	b := r.take(8)
	if b == nil {
		return 0
	}
	v, ok := whole(math.Float64frombits(binary.LittleEndian.Uint64(b)))
	r.bad = r.bad || !ok
	return v
}

// whole tells whether v is a number that both sides can hold.
func whole(v float64) (uint64, bool) {
	if v >= 0 && v <= maxWhole && v == math.Trunc(v) {
		return uint64(v), true
	}
	return 0, false
}

// data is copied: the in buffer is the next call's.
func (r *reader) data() []byte { return append([]byte(nil), r.take(r.u32())...) }

func (r *reader) ids() []uint64 {
	var v []uint64
	for n := r.u32(); n > 0 && !r.bad; n-- {
		v = append(v, r.whole())
	}
	return v
}

func (r *reader) membership() *pb.ConfState {
	cs := &pb.ConfState{Voters: r.ids(), Learners: r.ids(), VotersOutgoing: r.ids(), LearnersNext: r.ids()}
	cs.AutoLeave = new(r.u32() != 0)
	return cs
}

func (r *reader) point() *pb.SnapshotMetadata {
	return &pb.SnapshotMetadata{Index: new(r.whole()), Term: new(r.whole()), ConfState: r.membership()}
}

func (r *reader) entries() []*pb.Entry {
	n := r.u32()
	if n == 0 || r.bad {
		return nil
	}
	index := r.whole()
	var entries []*pb.Entry
	for ; n > 0 && !r.bad; n-- {
		e := &pb.Entry{Index: new(index), Term: new(r.whole())}
		e.Type = pb.EntryType(r.u32()).Enum()
		r.bad = r.bad || !known(e.GetType())
		e.Data = r.data()
		entries = append(entries, e)
		index++
	}
	return entries
}

// done tells whether exactly the input was read.
func (r *reader) done() bool { return !r.bad && len(r.b) == 0 }
