package main

import (
	"fmt"
	"runtime"
	"unsafe"

	"go.etcd.io/raft/v3"
	pb "go.etcd.io/raft/v3/raftpb"
	"go.etcd.io/raft/v3/tracker"
)

// The calls of the ABI; main.go has the rules. What stands in the buffers:
//
//	raft_create          in  id, seed, u32 election ticks, u32 heartbeat ticks, max message bytes, u32 max inflight messages,
//	                         max uncommitted bytes, max log bytes, applied, hard state (term, vote, commit), snapshot point
//	                         (index, term, membership), entries; answers the handle
//	raft_step            in  the message, as another member's core wrote it
//	raft_propose         in  u32 count, data of each entry: all or none; position: term and index of the first
//	raft_propose_change  in  u32 count, (u32 raft's ConfChangeType, id) of each change; position as raft_propose
//	raft_change          in  data of the committed entry; out the membership in force after it
//	raft_read_index      in  the context that comes back with the read state
//	raft_snapshot_taken  in  snapshot point
//	raft_ready           out u32 flags (1 hard state, 2 sync, 4 snapshot), token, [term, vote, commit], [index, term,
//	                         membership], entries to store, committed entries, messages for now, messages for after,
//	                         u32 count and (index, context) of each read state; answers 0 when there is nothing
//	raft_status          out id, term, vote, commit, applied, leader, u32 role, transferee, first index, last index, u32 count
//	                         and (id, match, next, u32 state, +256 active, +512 learner) of each member
//	raft_position        position: term, leader, role, last index, commit
//	raft_log_bytes       position: bytes of the log
//	raft_memory          position: bytes of the Go heap, bytes taken from the host, collections

//go:wasmexport raft_abi
func raftABI() int32 { return abiVersion }

// raft_in makes room for an argument of n bytes and answers where it goes.
//
//go:wasmexport raft_in
func raftIn(n uint32) uint32 {
	if uint32(cap(in)) < n || cap(in) > keepBytes && n <= keepBytes {
		in = make([]byte, n, n+n/2+64)
	}
	in = in[:cap(in)]
	return pointer(unsafe.Pointer(unsafe.SliceData(in)))
}

//go:wasmexport raft_out
func raftOut() uint32 { return pointer(unsafe.Pointer(unsafe.SliceData(out))) }

//go:wasmexport raft_out_len
func raftOutLen() uint32 { return uint32(len(out)) }

//go:wasmexport raft_position_at
func raftPositionAt() uint32 { return pointer(unsafe.Pointer(&position)) }

//go:wasmexport raft_memory
func raftMemory() {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	position = [5]float64{float64(m.HeapAlloc), float64(m.Sys), float64(m.NumGC)}
}

//go:wasmexport raft_create
func raftCreate(n uint32) int32 {
	r := input(n)
	g := &group{id: r.whole()}
	// The id is mixed in, so that members with one seed don't all draw the same timeouts.
	g.random.state = r.whole() ^ g.id*0xd6e8feb86659fd93
	config := &raft.Config{
		ID: g.id, ElectionTick: int(r.u32()), HeartbeatTick: int(r.u32()), MaxSizePerMsg: r.whole(),
		MaxInflightMsgs: int(r.u32()), MaxUncommittedEntriesSize: r.whole(),
	}
	maxLogBytes := r.whole()
	config.Applied = r.whole()
	hard := &pb.HardState{Term: new(r.whole()), Vote: new(r.whole()), Commit: new(r.whole())}
	snapshot := r.point()
	entries := r.entries()
	if !r.done() {
		return fail(codeInput, "the options of a group are malformed")
	}
	var err error
	if g.log, err = restored(hard, snapshot, entries, config.Applied, maxLogBytes); err != nil {
		return fail(codeInput, err.Error())
	}
	if code := guarded(g, func(g *group) int32 { return answer(g.found(config)) }); code < 0 {
		return code
	}
	for handle, taken := range groups {
		if taken == nil {
			groups[handle] = g
			return int32(handle)
		}
	}
	groups = append(groups, g)
	return int32(len(groups) - 1)
}

//go:wasmexport raft_destroy
func raftDestroy(h uint32) int32 {
	if h >= uint32(len(groups)) || groups[h] == nil {
		return fail(codeNoGroup, "there is no such group")
	}
	groups[h] = nil
	return 0
}

//go:wasmexport raft_tick
func raftTick(h uint32) int32 { return enter(h, func(g *group) int32 { g.node.Tick(); return 0 }) }

//go:wasmexport raft_step
func raftStep(h, n uint32) int32 { return enter(h, func(g *group) int32 { return g.step(input(n).b) }) }

//go:wasmexport raft_propose
func raftPropose(h, n uint32) int32 {
	return enter(h, func(g *group) int32 {
		r := input(n)
		var entries []*pb.Entry
		for count := r.u32(); count > 0 && !r.bad; count-- {
			entries = append(entries, &pb.Entry{Data: r.data()})
		}
		if !r.done() || len(entries) == 0 {
			return fail(codeInput, "the proposal is malformed")
		}
		return g.propose(entries)
	})
}

//go:wasmexport raft_propose_change
func raftProposeChange(h, n uint32) int32 {
	return enter(h, func(g *group) int32 {
		r := input(n)
		change := &pb.ConfChangeV2{}
		for count := r.u32(); count > 0 && !r.bad; count-- {
			kind := pb.ConfChangeType(r.u32()).Enum()
			change.Changes = append(change.Changes, &pb.ConfChangeSingle{Type: kind, NodeId: new(r.whole())})
		}
		if !r.done() || len(change.Changes) == 0 {
			return fail(codeInput, "the membership change is malformed")
		}
		return g.proposeChange(change)
	})
}

//go:wasmexport raft_change
func raftChange(h uint32, index float64, kind, n uint32) int32 {
	return enterWith(h, index, func(g *group, index uint64) int32 {
		return g.change(index, pb.EntryType(kind), input(n).b)
	})
}

//go:wasmexport raft_read_index
func raftReadIndex(h, n uint32) int32 {
	return enter(h, func(g *group) int32 { g.node.ReadIndex(append([]byte(nil), input(n).b...)); return 0 })
}

//go:wasmexport raft_transfer
func raftTransfer(h uint32, to float64) int32 {
	return enterWith(h, to, func(g *group, to uint64) int32 { g.node.TransferLeader(to); return 0 })
}

//go:wasmexport raft_campaign
func raftCampaign(h uint32) int32 {
	return enter(h, func(g *group) int32 { return answer(g.node.Campaign()) })
}

//go:wasmexport raft_unreachable
func raftUnreachable(h uint32, id float64) int32 {
	return enterWith(h, id, func(g *group, id uint64) int32 { g.node.ReportUnreachable(id); return 0 })
}

//go:wasmexport raft_report_snapshot
func raftReportSnapshot(h uint32, id float64, delivered uint32) int32 {
	status := raft.SnapshotFailure
	if delivered != 0 {
		status = raft.SnapshotFinish
	}
	return enterWith(h, id, func(g *group, id uint64) int32 { g.node.ReportSnapshot(id, status); return 0 })
}

//go:wasmexport raft_has_ready
func raftHasReady(h uint32) int32 {
	return enter(h, func(g *group) int32 { return int32(bit(g.node.HasReady(), 1)) })
}

//go:wasmexport raft_ready
func raftReady(h uint32) int32 { return enter(h, (*group).ready) }

//go:wasmexport raft_persisted
func raftPersisted(h uint32, token float64) int32 { return enterWith(h, token, (*group).persisted) }

//go:wasmexport raft_applied
func raftApplied(h uint32, index float64) int32 { return enterWith(h, index, (*group).applied) }

//go:wasmexport raft_snapshot_taken
func raftSnapshotTaken(h, n uint32) int32 {
	return enter(h, func(g *group) int32 {
		r := input(n)
		point := r.point()
		if !r.done() {
			return fail(codeInput, "the snapshot point is malformed")
		}
		return g.snapshotTaken(point)
	})
}

//go:wasmexport raft_compact
func raftCompact(h uint32, index float64) int32 { return enterWith(h, index, (*group).compact) }

//go:wasmexport raft_log_bytes
func raftLogBytes(h uint32) int32 {
	return enter(h, func(g *group) int32 { position[0] = float64(g.logBytes()); return 0 })
}

//go:wasmexport raft_position
func raftPosition(h uint32) int32 {
	return enter(h, func(g *group) int32 {
		b := g.node.BasicStatus()
		position = [5]float64{float64(b.GetTerm()), float64(b.Lead), float64(b.RaftState), float64(g.lastIndex()), float64(b.GetCommit())}
		return 0
	})
}

//go:wasmexport raft_status
func raftStatus(h uint32) int32 {
	return enter(h, func(g *group) int32 {
		b := g.node.BasicStatus()
		w := begin()
		w.wholes(b.ID, b.GetTerm(), b.GetVote(), b.GetCommit(), b.Applied, b.Lead)
		w.u32(uint32(b.RaftState))
		w.wholes(b.LeadTransferee, g.log.start+1, g.lastIndex())
		at, count := len(w.b), uint32(0)
		w.u32(0)
		if b.RaftState == raft.StateLeader {
			g.node.WithProgress(func(id uint64, kind raft.ProgressType, p tracker.Progress) {
				count++
				w.wholes(id, p.Match, p.Next)
				w.u32(uint32(p.State) + bit(p.RecentActive, 256) + bit(kind == raft.ProgressTypeLearner, 512))
			})
		}
		w.patch(at, count)
		return w.end()
	})
}

// enterWith is enter for calls with one number of raft.
func enterWith(h uint32, v float64, f func(g *group, v uint64) int32) int32 {
	return enter(h, func(g *group) int32 {
		if n, ok := whole(v); ok {
			return f(g, n)
		}
		return fail(codeInput, fmt.Sprintf("%v is not a whole number up to 2^53-1", v))
	})
}
