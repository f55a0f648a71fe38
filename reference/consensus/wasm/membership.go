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

// after answers the membership that follows from cs by the change, or why raft would refuse it (it would panic, on every
// member, when it applies the entry: for instance when no voter were left).
func after(cs *pb.ConfState, change *pb.ConfChangeV2) (*pb.ConfState, error) {
	progress := tracker.MakeProgressTracker(1, 0)
	cfg, members, err := confchange.Restore(confchange.Changer{Tracker: progress}, cs)
	if err != nil {
		return nil, err
	}
	progress.Config, progress.Progress = cfg, members
	changer := confchange.Changer{Tracker: progress}
	if change.LeaveJoint() {
		cfg, _, err = changer.LeaveJoint()
	} else if autoLeave, joint := change.EnterJoint(); joint {
		cfg, _, err = changer.EnterJoint(autoLeave, change.Changes...)
	} else {
		cfg, _, err = changer.Simple(change.Changes...)
	}
	if err != nil {
		return nil, err
	}
	progress.Config = cfg
	return progress.ConfState(), nil
}

// possible tells why a membership cannot be one; raft would panic on it.
func possible(cs *pb.ConfState) error {
	progress := tracker.MakeProgressTracker(1, 0)
	cfg, members, err := confchange.Restore(confchange.Changer{Tracker: progress}, cs)
	if err != nil {
		return err
	}
	progress.Config, progress.Progress = cfg, members
	return cs.Equivalent(progress.ConfState())
}
