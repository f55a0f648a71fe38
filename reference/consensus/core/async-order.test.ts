/** The order between storing, sending and applying: what may leave when, with several batches in flight. */
import { describe, expect, test } from 'vitest';
import type { OutgoingMessage, Ready } from '../raft-group.js';
import { bytes, Cluster, type Replica, takeAll, text } from './test/cluster.js';

const APPEND = 3;
const APPEND_ANSWER = 4;
const VOTE_ANSWER = 6;
const PREVOTE_ANSWER = 18;
const ANSWERS = [APPEND_ANSWER, VOTE_ANSWER, PREVOTE_ANSWER];

const types = (messages: readonly OutgoingMessage[]): number[] => messages.map(({ type }) => type);

/** Gives the messages for one replica to it. */
function give(replica: Replica, messages: readonly OutgoingMessage[]): void {
  for (const message of messages.filter(({ to }) => to === replica.id)) {
    replica.group.step(message.bytes);
  }
}

describe('what waits for the disk', () => {
  test('a vote leaves only after it is stored', () => {
    const cluster = new Cluster([1, 2, 3]);
    const candidate = cluster.replica(1);
    const voter = cluster.replica(2);
    candidate.group.campaign();
    // Pre-vote.
    give(voter, cluster.turn(candidate)?.messages ?? []);
    for (const ready of takeAll(voter)) {
      expect(types(ready.messages)).toEqual([]);
      expect(types(ready.messagesAfterPersist)).toEqual([PREVOTE_ANSWER]);
      voter.group.persisted(ready.token);
      give(candidate, ready.messagesAfterPersist);
    }
    // Vote.
    const asking = takeAll(candidate);
    for (const ready of asking) {
      give(voter, ready.messages);
    }
    const [vote] = takeAll(voter);
    expect(vote).toMatchObject({ hardState: { term: 1, vote: 1 }, mustSync: true });
    expect(types(vote?.messages ?? [])).toEqual([]);
    expect(types(vote?.messagesAfterPersist ?? [])).toEqual([VOTE_ANSWER]);
    // The candidate's own vote counts only once it is stored.
    give(candidate, vote?.messagesAfterPersist ?? []);
    expect(candidate.group.position().role).toBe('candidate');
    for (const ready of asking) {
      candidate.group.persisted(ready.token);
    }
    expect(candidate.group.position().role).toBe('leader');
  });

  test('a leader sends before it stores, and a follower acknowledges after it stored', () => {
    const cluster = new Cluster([1, 2, 3]);
    const leader = cluster.elect(1);
    const follower = cluster.replica(2);
    leader.group.propose([bytes('x')]);
    const [batch] = takeAll(leader);
    expect(batch?.entries.map(({ data }) => text(data))).toEqual(['x']);
    expect(types(batch?.messages ?? [])).toEqual([APPEND, APPEND]);
    expect(batch?.messagesAfterPersist).toEqual([]);
    give(follower, batch?.messages ?? []);
    const [stored] = takeAll(follower);
    expect(stored?.entries.map(({ data }) => text(data))).toEqual(['x']);
    expect(types(stored?.messages ?? [])).toEqual([]);
    expect(types(stored?.messagesAfterPersist ?? [])).toEqual([APPEND_ANSWER]);
  });

  test('nothing is handed out as committed before it is stored here, even when a majority has it', () => {
    const cluster = new Cluster([1, 2, 3]);
    const leader = cluster.elect(1);
    leader.group.propose([bytes('x')]);
    const [batch] = takeAll(leader);
    cluster.send(leader.id, batch?.messages ?? []);
    cluster.deliver();
    for (const id of [2, 3]) {
      for (const ready of takeAll(cluster.replica(id))) {
        cluster.replica(id).store(ready);
        cluster.replica(id).group.persisted(ready.token);
        give(leader, ready.messagesAfterPersist);
      }
    }
    // Both followers have it: it is committed, and the leader's own disk has not answered.
    const waiting = takeAll(leader);
    expect(leader.group.position().commit).toBe(batch?.entries[0]?.index);
    expect(waiting.flatMap(({ committed }) => committed)).toEqual([]);
    leader.group.persisted(batch?.token ?? 0);
    for (const ready of waiting) {
      leader.group.persisted(ready.token);
    }
    expect(takeAll(leader).flatMap(({ committed }) => committed.map(({ data }) => text(data)))).toEqual(['x']);
  });

  test('a leader alone in its group does not commit what it has not stored', () => {
    const membership = { voters: [1], learners: [], votersOutgoing: [], learnersNext: [], autoLeave: false };
    const cluster = new Cluster([1], { snapshot: { index: 0, term: 0, membership } });
    const replica = cluster.elect(1);
    const commit = replica.group.position().commit;
    replica.group.propose([bytes('x')]);
    const [batch] = takeAll(replica);
    expect(replica.group.position().commit).toBe(commit);
    replica.group.persisted(batch?.token ?? 0);
    expect(replica.group.position().commit).toBe(commit + 1);
  });

  test('an answer that needs no write of its own waits for the batch before it', () => {
    const cluster = new Cluster([1, 2, 3]);
    const leader = cluster.elect(1);
    const follower = cluster.replica(2);
    leader.group.propose([bytes('x')]);
    const appends = takeAll(leader).flatMap(({ messages }) => messages);
    give(follower, appends);
    const [first] = takeAll(follower);
    // The same message again, as a network may do: the follower vouches for the same entry.
    give(follower, appends);
    const [second] = takeAll(follower);
    expect(second).toMatchObject({ entries: [], mustSync: true });
    expect(types(second?.messagesAfterPersist ?? [])).toEqual([APPEND_ANSWER]);
    expect(() => follower.group.persisted(second?.token ?? 0)).toThrow(
      `batch ${second?.token} was reported as stored before batch ${first?.token}`,
    );
    follower.group.persisted(first?.token ?? 0);
    follower.group.persisted(second?.token ?? 0);
  });

  test('heartbeats and reads are answered while a write hangs', () => {
    const cluster = new Cluster([1, 2, 3]);
    const leader = cluster.elect(1);
    leader.group.propose([bytes('x')]);
    const [hanging] = takeAll(leader);
    expect(hanging?.mustSync).toBe(true);
    leader.group.readIndex(bytes('r'));
    const beats = takeAll(leader);
    expect(beats.every(({ mustSync }) => !mustSync)).toBe(true);
    cluster.send(
      leader.id,
      beats.flatMap(({ messages }) => messages),
    );
    cluster.deliver();
    const answers = takeAll(cluster.replica(2));
    expect(answers.every(({ mustSync }) => !mustSync)).toBe(true);
    give(
      leader,
      answers.flatMap(({ messages }) => messages),
    );
    expect(takeAll(leader).flatMap(({ readStates }) => readStates)).toHaveLength(1);
  });
});

describe('several batches in flight', () => {
  test('proposals, ticks and messages go on between taking a batch and storing it', () => {
    const cluster = new Cluster([1, 2, 3]);
    const leader = cluster.elect(1);
    const taken: Ready[] = [];
    for (let i = 0; i < 20; i++) {
      expect(leader.group.propose([bytes(`x${i}`)])).toBeDefined();
      leader.group.tick();
      for (const ready of takeAll(leader)) {
        taken.push(ready);
        cluster.send(leader.id, ready.messages);
      }
      cluster.deliver();
      for (const id of [2, 3]) {
        while (cluster.turn(cluster.replica(id)) !== undefined) {
          cluster.deliver();
        }
      }
    }
    expect(taken.filter(({ mustSync }) => mustSync).length).toBeGreaterThanOrEqual(20);
    expect(leader.commands).toEqual([]);
    for (const ready of taken) {
      leader.store(ready);
      leader.group.persisted(ready.token);
    }
    cluster.ticks(2);
    const expected = Array.from({ length: 20 }, (_, i) => `x${i}`);
    expect(leader.commands).toEqual(expected);
    expect(cluster.replica(3).commands).toEqual(expected);
  });

  test('entries that another leader overwrites while they are being stored are not applied', () => {
    const cluster = new Cluster([1, 2, 3]);
    const old = cluster.elect(1);
    cluster.frozen.add(1);
    cluster.isolated.add(1);
    old.group.propose([bytes('lost')]);
    const hanging = takeAll(old);
    cluster.ticks(40);
    expect(cluster.leader().group.propose([bytes('kept')])).toBeDefined();
    cluster.isolated.clear();
    for (let i = 0; i < 10; i++) {
      cluster.ticks(1);
      const more = takeAll(old);
      hanging.push(...more);
      // The old leader's host sends what may leave, and its disk still hangs.
      cluster.send(
        old.id,
        more.flatMap(({ messages }) => messages),
      );
      cluster.deliver();
    }
    const handedOut = hanging.flatMap(({ entries }) => entries.map(({ index, data }) => [index, text(data)]));
    const [index] = handedOut.find(([, data]) => data === 'lost') ?? [];
    expect(handedOut).toContainEqual([index, 'lost']);
    expect(handedOut.filter(([at]) => at === index).length).toBe(2);
    cluster.frozen.clear();
    for (const ready of hanging) {
      old.store(ready);
      old.group.persisted(ready.token);
      cluster.send(old.id, ready.messagesAfterPersist);
      old.apply(ready.committed);
      old.group.applied(ready.committed.at(-1)?.index ?? 0);
    }
    cluster.ticks(3);
    expect(old.commands).toEqual(['kept']);
    expect(old.stored.entries.map(({ data }) => text(data))).not.toContain('lost');
    expect(old.group.logBytes()).toBe(cluster.leader().group.logBytes());
  });

  test('a batch that was never handed out cannot be stored', () => {
    const cluster = new Cluster([1, 2, 3]);
    expect(() => cluster.replica(1).group.persisted(1)).toThrow('batch 1 was never handed out');
  });
});

test('every answer that vouches for something stored is among the messages for after', () => {
  const cluster = new Cluster([1, 2, 3]);
  const seen = new Set<number>();
  for (let i = 0; i < 40; i++) {
    for (const replica of cluster.replicas.values()) {
      replica.group.tick();
      for (let ready = cluster.turn(replica); ready !== undefined; ready = cluster.turn(replica)) {
        expect(types(ready.messages).filter((type) => ANSWERS.includes(type))).toEqual([]);
        for (const type of types(ready.messagesAfterPersist)) {
          expect(ANSWERS).toContain(type);
          seen.add(type);
        }
      }
    }
    cluster.deliver();
  }
  expect([...seen].sort((a, b) => a - b)).toEqual([...ANSWERS].sort((a, b) => a - b));
});
