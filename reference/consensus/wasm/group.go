package main

import (
	"errors"
	"fmt"
	"reflect"
	"runtime/debug"
	"slices"

	"go.etcd.io/raft/v3"
	pb "go.etcd.io/raft/v3/raftpb"
)

// group is one replica: raft's node in its asynchronous mode, the log it reads, and the batches the host still works on.
//
// In that mode raft addresses the local disk and the local state machine by messages. They stay inside: what they ask
// for goes out with the batch, and their answers are given to raft when the host says persisted or applied.
type group struct {
	id     uint64
	node   *raft.RawNode
	log    *storage
	random splitmix
	poison string
	// token names the newest batch; storing holds the batches that wait for the disk, oldest first.
	token   uint64
	storing []batch
	// applying holds the entries that were handed out as committed and not yet reported as applied.
	applying []*pb.Entry
	// Where raft's log ends. raft tells nobody; these two fields of its log are read, never written.
	unstableOffset, unstableEntries reflect.Value
}

// batch is what one ready asked to be stored, and the messages to this replica itself that say that it is.
type batch struct {
	token    uint64
	snapshot *pb.SnapshotMetadata
	entries  []*pb.Entry
	answers  []*pb.Message
}

var (
	groups []*group
	// current is the group whose call runs.
	current *group
)

// enter runs f for one group. A panic in it, raft's own included, poisons that group only.
func enter(handle uint32, f func(g *group) int32) int32 {
	if handle >= uint32(len(groups)) || groups[handle] == nil {
		return fail(codeNoGroup, "there is no such group")
	}
	g := groups[handle]
	if g.poison != "" {
		return fail(codePoisoned, g.poison)
	}
	return guarded(g, f)
}

func guarded(g *group, f func(g *group) int32) (code int32) {
	current = g
	defer func() {
		current = nil
		if p := recover(); p != nil {
			g.poison = fmt.Sprint(p)
			code = fail(codePanic, g.poison+"\n"+string(debug.Stack()))
		}
	}()
	return f(g)
}

// found makes raft's node with what is the same for every group. It may panic; the caller has entered the group.
func (g *group) found(config *raft.Config) error {
	config.Storage, config.AsyncStorageWrites, config.Logger = g.log, true, logger{}
	config.PreVote, config.CheckQuorum, config.ReadOnlyOption = true, true, raft.ReadOnlySafe
	config.DisableProposalForwarding, config.StepDownOnRemoval = true, true
	var err error
	if g.node, err = raft.NewRawNode(config); err != nil {
		return err
	}
	unstable := reflect.ValueOf(g.node).Elem().FieldByName("raft").Elem().FieldByName("raftLog").Elem().FieldByName("unstable")
	g.unstableOffset, g.unstableEntries = unstable.FieldByName("offset"), unstable.FieldByName("entries")
	if g.lastIndex() != g.log.last() {
		return fmt.Errorf("raft's log ends at %d, and the one that it was given at %d", g.lastIndex(), g.log.last())
	}
	return nil
}

func (g *group) lastIndex() uint64 {
	return g.unstableOffset.Uint() + uint64(g.unstableEntries.Len()) - 1
}

// answer maps what raft says about an input.
func answer(err error) int32 {
	switch {
	case err == nil, errors.Is(err, raft.ErrStepPeerNotFound):
		return 0
	case errors.Is(err, raft.ErrProposalDropped):
		return fail(codeRefused, err.Error())
	default:
		return fail(codeRaft, err.Error())
	}
}

// propose appends the entries as one message, so that each follower gets one message too. It leaves term and index of the
// first entry in position.
func (g *group) propose(entries []*pb.Entry) int32 {
	before := g.lastIndex()
	m := &pb.Message{Type: pb.MsgProp.Enum(), From: new(g.id), Entries: entries}
	if code := answer(g.node.Step(m)); code < 0 {
		return code
	}
	if n := g.lastIndex() - before; n != uint64(len(entries)) {
		panic(fmt.Sprintf("%d entries were proposed after %d, and the log grew by %d", len(entries), before, n))
	}
	position[0], position[1] = float64(g.node.BasicStatus().GetTerm()), float64(before+1)
	return 0
}

// proposeChange proposes a membership change that raft could also apply. It answers codeRefused when raft appended an
// empty entry instead, because an earlier change is not applied yet.
func (g *group) proposeChange(change *pb.ConfChangeV2) int32 {
	if g.node.BasicStatus().RaftState == raft.StateLeader && g.log.membershipIndex <= g.node.BasicStatus().Applied {
		if _, err := after(g.log.membership, change); err != nil {
			return fail(codeInput, "this membership change cannot be applied: "+err.Error())
		}
	}
	kind, data, err := pb.MarshalConfChange(change)
	if err != nil {
		return fail(codeInput, err.Error())
	}
	entries := []*pb.Entry{{Type: kind.Enum(), Data: data}}
	if code := g.propose(entries); code < 0 {
		return code
	}
	if entries[0].GetType() == pb.EntryNormal {
		return fail(codeRefused, "another membership change is not applied yet")
	}
	return 0
}

// change applies a committed membership change. One that the membership already contains is not applied again: after a
// loss of power the state may be behind the snapshot point.
func (g *group) change(index uint64, kind pb.EntryType, data []byte) int32 {
	if index > g.log.membershipIndex {
		change, err := changeOf(kind, data)
		if err != nil {
			return fail(codeInput, fmt.Sprintf("the membership change of entry %d: %v", index, err))
		}
		g.log.membership, g.log.membershipIndex = g.node.ApplyConfChange(change), index
	}
	w := begin()
	w.membership(g.log.membership)
	return w.end()
}

// ready takes the next batch of outputs; 0 = there is none.
func (g *group) ready() int32 {
	if !g.node.HasReady() {
		return 0
	}
	rd := g.node.Ready()
	g.token++
	b := batch{token: g.token, entries: rd.Entries}
	var now, later []*pb.Message
	for _, m := range rd.Messages {
		switch m.GetTo() {
		case raft.LocalAppendThread:
			for _, answer := range m.GetResponses() {
				if answer.GetTo() == g.id {
					b.answers = append(b.answers, answer)
				} else {
					later = append(later, answer)
				}
			}
		case raft.LocalApplyThread:
			g.applying = append(g.applying, m.GetEntries()...)
		default:
			now = append(now, m)
		}
	}
	if !raft.IsEmptySnap(rd.Snapshot) {
		b.snapshot = rd.Snapshot.GetMetadata()
	}
	// An answer vouches for everything that was handed out before, so it waits for earlier batches too.
	sync := rd.MustSync || b.snapshot != nil || len(b.answers)+len(later) > 0 && len(g.storing) > 0
	if sync || len(b.answers) > 0 {
		g.storing = append(g.storing, b)
	}

	hard := !raft.IsEmptyHardState(rd.HardState)
	w := begin()
	w.u32(bit(hard, 1) + bit(sync, 2) + bit(b.snapshot != nil, 4))
	w.whole(b.token)
	if hard {
		w.wholes(rd.HardState.GetTerm(), rd.HardState.GetVote(), rd.HardState.GetCommit())
	}
	if b.snapshot != nil {
		w.wholes(b.snapshot.GetIndex(), b.snapshot.GetTerm())
		w.membership(b.snapshot.GetConfState())
	}
	w.entries(rd.Entries)
	w.entries(rd.CommittedEntries)
	for _, list := range [][]*pb.Message{now, later} {
		w.u32(uint32(len(list)))
		for _, m := range list {
			w.message(m)
		}
	}
	w.u32(uint32(len(rd.ReadStates)))
	for _, s := range rd.ReadStates {
		w.whole(s.Index)
		w.data(s.RequestCtx)
	}
	return w.end()
}

// persisted takes note that a batch, and every one before it, is stored.
func (g *group) persisted(token uint64) int32 {
	if token == 0 || token > g.token {
		return fail(codeOrder, fmt.Sprintf("batch %d was never handed out", token))
	}
	if !slices.ContainsFunc(g.storing, func(b batch) bool { return b.token == token }) {
		return 0 // nothing in it had to be stored, or it was reported before
	}
	b := g.storing[0]
	if b.token != token {
		return fail(codeOrder, fmt.Sprintf("batch %d was reported as stored before batch %d", token, b.token))
	}
	g.storing = slices.Delete(g.storing, 0, 1)
	if b.snapshot != nil {
		g.log.install(b.snapshot)
	}
	g.log.append(b.entries)
	for _, m := range b.answers {
		// An error means that this replica is no longer a member, or no longer in that term.
		_ = g.node.Step(m)
	}
	if b.snapshot != nil && len(g.applying) > 0 {
		// The snapshot has overtaken what the host was applying.
		g.acknowledge(len(g.applying))
	}
	return 0
}

// applied takes note that the state machine holds everything up to index.
func (g *group) applied(index uint64) int32 {
	n := 0
	for n < len(g.applying) && g.applying[n].GetIndex() <= index {
		if e := g.applying[n]; e.GetType() != pb.EntryNormal && e.GetIndex() > g.log.membershipIndex {
			return fail(codeOrder, fmt.Sprintf("entry %d changes the membership and was reported as applied before that", e.GetIndex()))
		}
		n++
	}
	if n > 0 && g.applying[n-1].GetIndex() == index {
		g.acknowledge(n)
		return 0
	}
	if applied := g.node.BasicStatus().Applied; index > applied {
		return fail(codeOrder, fmt.Sprintf("entry %d was reported as applied and never handed out (applied: %d)", index, applied))
	}
	return 0
}

func (g *group) acknowledge(n int) {
	m := &pb.Message{
		Type: pb.MsgStorageApplyResp.Enum(), To: new(g.id), From: new(raft.LocalApplyThread),
		Term: new(uint64(0)), Entries: g.applying[:n:n],
	}
	g.applying = slices.Clone(g.applying[n:])
	_ = g.node.Step(m)
}

// snapshotTaken takes a newer snapshot point, or another membership for the same one; an older one changes nothing.
func (g *group) snapshotTaken(point *pb.SnapshotMetadata) int32 {
	index, applied := point.GetIndex(), g.node.BasicStatus().Applied
	if index > applied {
		return fail(codeOrder, fmt.Sprintf("a snapshot at %d was reported, and only %d is applied", index, applied))
	}
	if index < g.log.snapshot.GetIndex() {
		return 0 // one that was received has overtaken it
	}
	if term, err := g.log.Term(index); err == nil && term != point.GetTerm() {
		return fail(codeInput, fmt.Sprintf("entry %d has term %d; the snapshot point says %d", index, term, point.GetTerm()))
	}
	if _, err := tracked(point.GetConfState()); err != nil {
		return fail(codeInput, "the membership of the snapshot point: "+err.Error())
	}
	g.log.snapshot = point
	g.log.bound(applied)
	return 0
}

func (g *group) compact(index uint64) int32 {
	g.log.compact(index, g.node.BasicStatus().Applied)
	return 0
}

// logBytes counts what is held, stored and not yet stored.
func (g *group) logBytes() uint64 {
	bytes := g.log.bytes
	for _, b := range g.storing {
		for _, e := range b.entries {
			bytes += costOf(e)
		}
	}
	return bytes
}
