/** Steps: reads under LOCAL_LEASE and its limits, and under hints that say nothing. */
import { Given, Then, When } from '@cucumber/cucumber';
import { longestMs } from '../kit/assert/lateness.js';
import { assertRefusedForNow, assertRefusedInTime } from '../kit/assert/refusal-class.js';
import { volumeIn } from '../kit/assert/volume-read.js';
import { EnvironmentError } from '../kit/failure.js';
import { briefly } from '../kit/run/leader.js';
import { decidedByTime } from '../kit/scenario/handover.js';
import { type AskedLease, readUntil, underLease } from '../kit/scenario/lease.js';
import { nodesInRole } from '../kit/scenario/node-role.js';
import { type Operation, requestOf } from '../kit/scenario/operation.js';
import { readFromStart } from '../kit/scenario/reads-from-start.js';
import { underUnknownHints } from '../kit/scenario/unknown-hints.js';
import { readUntilItStepsDown } from '../kit/scenario/until-it-steps-down.js';
import type { ReadHint } from '../kit/wire/outcome.js';
import { hindered, there } from './faults.js';
import { judge } from './judge.js';
import { type NodeRole, named, oneOf } from './parameters.js';
import { LEASE, readLease } from './words/leases.js';
import type { OmWorld } from './world.js';

named('lease', LEASE, readLease);
oneOf('ending', ['answered', 'refused'] as const);

// A read that was confirmed and shown: what these nodes answer from now on is not older, unless they forget.
Given(
  '{node role} has shown {volume} of {string}',
  async function (this: OmWorld, role: NodeRole, volume: string, owner: string) {
    const hint = 'LINEARIZABLE_ALLOW_FOLLOWER';
    for (const node of nodesInRole(role, this.line.nodes, await this.knownLeader())) {
      const read = await this.line.readAt(node, { kind: 'read-volume', volume }, { hint });
      if (volumeIn(read)?.ownerName === owner) continue;
      throw new EnvironmentError('GIVEN_NOT_MET', `${node} does not show volume ${volume}: ${briefly(read)}`);
    }
  },
);

When(
  'the client {operation} on {node role} under {lease}',
  async function (this: OmWorld, operation: Operation, role: NodeRole, lease: AskedLease) {
    const leader = await this.knownLeader();
    this.outcomes = await Promise.all(
      nodesInRole(role, this.line.nodes, leader).map(async (node) =>
        this.run.client.call(node, await underLease(this.run, operation, lease, { node, leader })),
      ),
    );
  },
);

When(
  'the client {operation} there under {lease}',
  async function (this: OmWorld, operation: Operation, lease: AskedLease) {
    const node = there(this);
    const leader = await this.knownLeader();
    this.outcomes = [await this.run.client.call(node, await underLease(this.run, operation, lease, { node, leader }))];
  },
);

When(
  'the client {operation} on {node role} under {lease} until it is {ending}',
  async function (
    this: OmWorld,
    operation: Operation,
    role: NodeRole,
    lease: AskedLease,
    ending: 'answered' | 'refused',
  ) {
    const leader = await this.knownLeader();
    this.outcomes = await Promise.all(
      nodesInRole(role, this.line.nodes, leader).map(async (node) =>
        readUntil(this.run, node, await underLease(this.run, operation, lease, { node, leader }), ending),
      ),
    );
  },
);

// RC-4 alone asks a node while it starts.
When(
  'the client {operation} there under {lease} from its start until it is answered',
  async function (this: OmWorld, operation: Operation, lease: AskedLease) {
    const node = there(this);
    const request = await underLease(this.run, operation, lease, { node, leader: await this.knownLeader() });
    const outcomes = await readFromStart(this.run, this.faults, hindered(this), request);
    // What it refuses while it starts is its own business; it has to answer in the end.
    this.outcomes = outcomes.filter((outcome) => outcome.kind === 'answered' || outcome === outcomes.at(-1));
  },
);

When(
  'the client {operation} on {node role} with each hint that says nothing',
  async function (this: OmWorld, operation: Operation, role: NodeRole) {
    const messages = underUnknownHints(operation);
    this.outcomes = await Promise.all(
      nodesInRole(role, this.line.nodes, await this.knownLeader()).flatMap((node) =>
        messages.map((message) => this.run.client.call(node, requestOf(operation), { message })),
      ),
    );
  },
);

// RC-9 alone asks a leader until it gives up; its rows are what it lost, and the hints.
When(
  'each of {int} clients {operation} on {node role} with {read hint}, over and over until it steps down',
  async function (this: OmWorld, clients: number, operation: Operation, role: NodeRole, hint: ReadHint) {
    const [node = ''] = nodesInRole(role, this.line.nodes, await this.knownLeader());
    this.outcomes = await readUntilItStepsDown(this.run, { node, request: requestOf(operation), hint, clients });
  },
);

Then('each is refused for now, within the read time-out', async function (this: OmWorld) {
  const { outcomes, run } = this;
  const { readTimeoutMs } = run.target.budgets;
  await judge(this, outcomes, () => assertRefusedForNow(outcomes));
  this.measured(`refused after at most ${longestMs(outcomes)} ms, read time-out ${readTimeoutMs} ms`);
  await decidedByTime(run, outcomes[0]?.node ?? '', () => assertRefusedInTime(outcomes, readTimeoutMs));
});
