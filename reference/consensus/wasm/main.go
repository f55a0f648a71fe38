// Package main puts many replicas of etcd's raft ("groups") behind a narrow ABI in one WebAssembly instance. It decides
// nothing about consensus: raft does. It keeps the log that raft reads, turns raft's outputs into bytes, and keeps one
// group's failure from touching another. Files, sockets, clocks and threads are the host's.
//
// The ABI (the other end is reference/consensus/core; both carry abiVersion):
//
//   - Numbers of raft (ids, terms, indexes) cross as float64 and are whole numbers up to 2^53-1; counts, lengths, types
//     and flags are u32. Everything is little endian and unaligned; bytes and lists are a u32 length and the content.
//   - Arguments that are not plain numbers are written to the memory that raft_in answers; results stand in the memory
//     that raft_out and raft_out_len answer. Both are valid until the next call.
//   - A call answers a value >= 0, or one of the codes below; the text of the failure is then in out.
//   - A panic inside one group's call poisons that group. Anything that is not a code (a trap, an exit) means that the
//     whole instance can no longer be trusted; the host must throw it away.
package main

const abiVersion = 1

// Answers of a call that failed.
const (
	codeRefused  = -1 // raft does not take this proposal now: not leader, leadership being moved, too much in flight
	codeNoGroup  = -2 // no such group
	codeInput    = -3 // the bytes do not say what they should, or contradict what is stored
	codeRaft     = -4 // raft answered an error
	codePanic    = -5 // raft panicked just now; the group is poisoned
	codePoisoned = -6 // the group was poisoned earlier
	codeOrder    = -7 // the host did not keep the order of calls
)

func main() {}
