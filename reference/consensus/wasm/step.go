package main

import (
	"fmt"

	"go.etcd.io/raft/v3"
	pb "go.etcd.io/raft/v3/raftpb"
	"google.golang.org/protobuf/proto"
)

// What is believed of a message from another member before raft sees it. raft trusts its peers and would panic on most
// of what is refused here; a damaged or foreign message must not cost the group.

var fromMembers = map[pb.MessageType]bool{
	pb.MsgApp: true, pb.MsgAppResp: true, pb.MsgVote: true, pb.MsgVoteResp: true, pb.MsgPreVote: true, pb.MsgPreVoteResp: true,
	pb.MsgSnap: true, pb.MsgHeartbeat: true, pb.MsgHeartbeatResp: true, pb.MsgTransferLeader: true, pb.MsgTimeoutNow: true,
	pb.MsgReadIndex: true, pb.MsgReadIndexResp: true,
}

func (g *group) step(b []byte) int32 {
	m := &pb.Message{}
	if err := proto.Unmarshal(b, m); err != nil {
		return fail(codeInput, err.Error())
	}
	if err := g.plausible(m); err != nil {
		return fail(codeInput, err.Error())
	}
	if m.GetType() == pb.MsgTransferLeader && g.node.BasicStatus().RaftState != raft.StateLeader {
		return 0 // the leader it was meant for has stepped down
	}
	return answer(g.node.Step(m))
}

func (g *group) plausible(m *pb.Message) error {
	kind := m.GetType()
	if !fromMembers[kind] {
		return fmt.Errorf("%s does not come from another member", kind)
	}
	if m.GetTo() != g.id {
		return fmt.Errorf("%s is for member %d, and this is member %d", kind, m.GetTo(), g.id)
	}
	// These two are passed on by members that are not the leader, under the name of the one they are about.
	passedOn := kind == pb.MsgReadIndex || kind == pb.MsgTransferLeader
	if m.GetFrom() == 0 || m.GetFrom() == g.id && !passedOn {
		return fmt.Errorf("%s comes from member %d", kind, m.GetFrom())
	}
	for _, v := range [...]uint64{m.GetFrom(), m.GetTerm(), m.GetLogTerm(), m.GetIndex(), m.GetCommit(), m.GetRejectHint(), m.GetVote()} {
		if v > maxWhole {
			return fmt.Errorf("%s holds the number %d, which is beyond 2^53", kind, v)
		}
	}
	if kind == pb.MsgReadIndex {
		if len(m.GetEntries()) != 1 || m.GetTerm() != 0 {
			return fmt.Errorf("%s asks %d questions in term %d; expected one, in no term", kind, len(m.GetEntries()), m.GetTerm())
		}
		return nil
	}
	if m.GetTerm() == 0 {
		return fmt.Errorf("%s names no term", kind)
	}
	switch kind {
	case pb.MsgApp:
		term, index := m.GetLogTerm(), m.GetIndex()
		for _, e := range m.GetEntries() {
			index++
			if e.GetIndex() != index || e.GetTerm() < term || e.GetTerm() == 0 || e.GetTerm() > m.GetTerm() {
				return fmt.Errorf("%s of term %d holds entry %d of term %d where entry %d of term %d or later belongs",
					kind, m.GetTerm(), e.GetIndex(), e.GetTerm(), index, term)
			}
			if !known(e.GetType()) {
				return fmt.Errorf("%s holds an entry of the unknown type %d", kind, e.GetType())
			}
			term = e.GetTerm()
		}
	case pb.MsgSnap:
		point := m.GetSnapshot().GetMetadata()
		if point.GetIndex() == 0 || point.GetIndex() > maxWhole || point.GetTerm() == 0 || point.GetTerm() > m.GetTerm() ||
			len(point.GetConfState().GetVoters()) == 0 {
			return fmt.Errorf("%s of term %d names the point %d of term %d with %d voters", kind, m.GetTerm(), point.GetIndex(),
				point.GetTerm(), len(point.GetConfState().GetVoters()))
		}
		if _, err := tracked(point.GetConfState()); err != nil {
			return fmt.Errorf("%s holds an impossible membership: %w", kind, err)
		}
	case pb.MsgHeartbeat, pb.MsgHeartbeatResp:
		if n := len(m.GetContext()); n != 0 && n != 8 {
			return fmt.Errorf("%s has a context of %d bytes", kind, n)
		}
	case pb.MsgReadIndexResp:
		if len(m.GetEntries()) != 1 {
			return fmt.Errorf("%s answers %d questions; expected one", kind, len(m.GetEntries()))
		}
	}
	return nil
}
