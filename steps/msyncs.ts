/** Steps: msyncs, and what they say of what others were told. */
import { Then, When } from '@cucumber/cucumber';
import { longestMs } from '../kit/assert/lateness.js';
import { assertLogQuiet } from '../kit/assert/log-quiet.js';
import { assertPace, paceOf } from '../kit/assert/msync-pace.js';
import { assertMsyncCovers, assertMsynced, assertMsyncsCover, assertNotMsynced } from '../kit/assert/msyncs.js';
import { type AskedId, idFor } from '../kit/scenario/asked-id.js';
import type { Change } from '../kit/scenario/change.js';
import { decidedByTime } from '../kit/scenario/handover.js';
import { changeAndMsync, msyncWhileReading, msyncWhileWriting } from '../kit/scenario/msync-rounds.js';
import { nodesInRole } from '../kit/scenario/node-role.js';
import { type Operation, requestOf } from '../kit/scenario/operation.js';
import { inQuiet } from '../kit/scenario/quiet-log.js';
import type { CallOptions, Outcome, ReadHint } from '../kit/wire/outcome.js';
import { echoWrite, msync } from '../kit/wire/requests.js';
import { judge } from './judge.js';
import type { NodeRole } from './parameters.js';
import { nodesAt } from './state-ids.js';
import type { Where } from './words/where.js';
import type { OmWorld } from './world.js';

// The one workload of FR-MSYNC-1; its rows are the changes.
When(
  '{int} clients {change} {int} times each, read an echo on {node role} and msync',
  async function (this: OmWorld, clients: number, change: Change, times: number, role: NodeRole) {
    this.leader = await this.line.leader();
    const nodes = nodesInRole(role, this.line.nodes, this.leader);
    this.outcomes = await changeAndMsync(this.run, this.line, this.names, { change, clients, times, nodes });
  },
);

// FR-MSYNC-6 alone counts the entries of msyncs.
When('the client msyncs {int} times, and nobody writes', async function (this: OmWorld, times: number) {
  const leader = await this.line.leader();
  this.leader = leader;
  this.quietCalls = await inQuiet(this.run, leader, times, async () => [await this.run.client.call(leader, msync)]);
});

// What is new to the leader since its last msync is no reason either: FR-MSYNC-6 again.
When(
  'the client msyncs {int} times after a write, and nobody else writes',
  async function (this: OmWorld, times: number) {
    const leader = await this.line.leader();
    this.leader = leader;
    const msyncs = async () => [await this.run.client.call(leader, msync)];
    this.quietCalls = await inQuiet(this.run, leader, times, msyncs, () => this.line.send(echoWrite));
  },
);

// FR-GUAR-7 alone counts those of reads, as this form and the two below.
When(
  'the client {operation} {where} {int} times with {state id}, and nobody writes',
  async function (this: OmWorld, operation: Operation, where: Where, times: number, id: AskedId) {
    await readInQuiet(this, times, await readsAt(this, operation, where, id));
  },
);

// A confirmation by a round is none by an entry.
When(
  'the client {operation} {where} {int} times with {read hint} and {state id}, and nobody writes',
  async function (this: OmWorld, operation: Operation, where: Where, times: number, hint: ReadHint, id: AskedId) {
    await readInQuiet(this, times, await readsAt(this, operation, where, id, { hint }));
  },
);

// Reads that wait: each look at the log lasts as long as their deadline.
When(
  'the client {operation} {where} {int} times with {state id}, for {int} ms, and nobody writes',
  async function (this: OmWorld, operation: Operation, where: Where, times: number, id: AskedId, deadlineMs: number) {
    const reads = await readsAt(this, operation, where, id, { deadlineMs });
    await readInQuiet(
      this,
      1,
      reads.flatMap((read) => Array.from({ length: times }, () => read)),
    );
  },
);

// FR-MSYNC-8 alone has a leader that is busy.
When(
  '{int} clients msync {int} times each while {int} others write',
  async function (this: OmWorld, clients: number, times: number, others: number) {
    this.leader = await this.line.leader();
    this.paced = await msyncWhileWriting(this.run, this.line, this.names, { clients, times }, others);
  },
);

// FR-GUAR-7 alone has followers that are busy.
When(
  '{int} clients msync {int} times each while {int} others read at {node role}',
  async function (this: OmWorld, clients: number, times: number, others: number, role: NodeRole) {
    this.leader = await this.line.leader();
    const nodes = nodesInRole(role, this.line.nodes, this.leader);
    this.paced = await msyncWhileReading(this.run, this.line, nodes, { clients, times }, others);
  },
);

Then('the msync covers all that client {string} knows', async function (this: OmWorld, name: string) {
  await judge(this, this.outcomes, () => {
    for (const outcome of this.outcomes) assertMsyncCovers(outcome, this.clients.taught(name));
  });
});

// The observable of that workload.
Then('every msync covers what was answered before it', function (this: OmWorld) {
  assertMsyncsCover(this.outcomes);
});

Then('no msync is answered', function (this: OmWorld) {
  assertNotMsynced(this.outcomes);
});

Then("the leader's log has not grown", async function (this: OmWorld) {
  const { calls = [], grown = [] } = this.quietCalls ?? {};
  await judge(this, calls, () => assertLogQuiet(calls, grown));
});

// The budget is the target file's. A call of which nothing is heard takes as long as one may.
Then(
  'every msync is answered, mostly within {int} heartbeats of an echo',
  async function (this: OmWorld, count: number) {
    if (this.paced === undefined) throw new Error('no step of this scenario timed msyncs');
    const { msyncs } = this.paced;
    const budgetMs = count * this.run.target.budgets.heartbeatMs;
    const pace = paceOf(this.paced);
    this.measured(
      `half of the msyncs within ${Math.round(pace.msyncMs)} ms, the slowest ${longestMs(msyncs)} ms; half of the echoes beside them within ${Math.round(pace.echoMs)} ms; budget ${budgetMs} ms and five echoes`,
    );
    const leader = this.leader ?? (await this.line.leader());
    // What was said is the OM's, however slow the machine is.
    for (const outcome of msyncs) if (outcome.kind !== 'unanswered') assertMsynced(outcome);
    await decidedByTime(this.run, leader, () => {
      for (const outcome of msyncs) assertMsynced(outcome);
      assertPace(pace, budgetMs);
    });
  },
);

type Read = () => Promise<Outcome>;

/** The read at each of the nodes, with the id that it has to be asked with now. */
async function readsAt(
  world: OmWorld,
  operation: Operation,
  where: Where,
  id: AskedId,
  options: CallOptions = {},
): Promise<readonly Read[]> {
  const leader = await world.line.leader();
  world.leader = leader;
  const last = world.outcomes;
  return await Promise.all(
    nodesAt(world, where, leader).map(async (node) => {
      const stateId = await idFor(world.run, id, { node, leader, last });
      return () => world.run.client.call(node, requestOf(operation), { ...options, stateId });
    }),
  );
}

async function readInQuiet(world: OmWorld, times: number, reads: readonly Read[]): Promise<void> {
  const leader = await world.line.leader();
  world.quietCalls = await inQuiet(world.run, leader, times, () => Promise.all(reads.map((read) => read())));
  world.outcomes = world.quietCalls.calls;
}
