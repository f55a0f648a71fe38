package main

import (
	"fmt"

	"go.etcd.io/raft/v3/confchange"
	pb "go.etcd.io/raft/v3/raftpb"
	"go.etcd.io/raft/v3/tracker"
	"google.golang.org/protobuf/proto"
)

// Membership changes: reading them from entries, and computing what they lead to without a raft that would panic.

func known(kind pb.EntryType) bool { return kind >= pb.EntryNormal && kind <= pb.EntryConfChangeV2 }

// changeOf reads the change that an entry of a membership type carries. No data means: leave the joint membership.
func changeOf(kind pb.EntryType, data []byte) (*pb.ConfChangeV2, error) {
	switch kind {
	case pb.EntryConfChange:
		v1 := &pb.ConfChange{}
		if err := proto.Unmarshal(data, v1); err != nil {
			return nil, err
		}
		return v1.AsV2(), nil
	case pb.EntryConfChangeV2:
		v2 := &pb.ConfChangeV2{}
		if err := proto.Unmarshal(data, v2); err != nil {
			return nil, err
		}
		return v2, nil
	default:
		return nil, fmt.Errorf("an entry of type %d changes no membership", kind)
	}
}

// tracked answers what raft would make of a membership, or why it would panic on it.
func tracked(cs *pb.ConfState) (tracker.ProgressTracker, error) {
	t := tracker.MakeProgressTracker(1, 0)
	cfg, progress, err := confchange.Restore(confchange.Changer{Tracker: t}, cs)
	if t.Config, t.Progress = cfg, progress; err == nil {
		err = cs.Equivalent(t.ConfState())
	}
	return t, err
}

// after answers the membership that follows from cs by the change, or why raft would refuse it (it would panic, on every
// member, when it applies the entry: for instance when no voter were left).
func after(cs *pb.ConfState, change *pb.ConfChangeV2) (*pb.ConfState, error) {
	t, err := tracked(cs)
	if err != nil {
		return nil, err
	}
	changer := confchange.Changer{Tracker: t}
	if change.LeaveJoint() {
		t.Config, _, err = changer.LeaveJoint()
	} else if autoLeave, joint := change.EnterJoint(); joint {
		t.Config, _, err = changer.EnterJoint(autoLeave, change.Changes...)
	} else {
		t.Config, _, err = changer.Simple(change.Changes...)
	}
	return t.ConfState(), err
}
