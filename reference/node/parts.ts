/**
 * The pure decisions of a node, gathered in one typed record (design §4.13). `compose.ts` fills it with the right ones;
 * tests, the simulation and mutants replace one function of it. Nothing here has an effect.
 */
import type { LogEntry } from '../consensus/raft-group.js';
import type { PlanInput, PlannedWrite } from '../execution/plan.js';
import type { Command, OMRequest } from '../namespace/command.js';
import type { MsyncAdmission } from '../reads/msync.js';
import type { ReadRoute, RoutingView } from '../reads/route-read.js';
import type { AppliedPosition, StateTransaction } from '../storage/state-store.js';
import type { LogView, RoleView, WriteAdmission } from './leadership.js';
import type { Member } from './members.js';
import type { ChangeDecision, ChangeView } from './membership-change.js';
import type { Identity, Standing, StandingAnswer, StandingView } from './standing.js';

/** How far this node's replica of a group has come. */
export interface Progress {
  readonly position: Pick<AppliedPosition, 'index'>;
  commitIndex(): number;
}

export interface NodeParts {
  /** The command that a request asks for; one that refuses where this version has none (W-8). */
  commandFor(request: OMRequest): Command;
  routeRead(view: RoutingView): ReadRoute;
  admitMsync(view: { readonly leader: boolean; readonly ready: boolean }): MsyncAdmission;
  /** Which index an Msync is told. */
  msyncIndex(confirmedIndex: number, appliedIndex: number): number;
  isReady(view: RoleView): boolean;
  admitWrite(view: RoleView, ready: boolean): WriteAdmission;
  suggestLeader(self: Member, leader: Member | undefined): Member | undefined;
  plan(input: PlanInput): PlannedWrite;
  applyEntry(transaction: StateTransaction, position: AppliedPosition, entry: LogEntry): AppliedPosition;
  writeOutcome(proposedTerm: number, appliedTerm: number): 'applied' | 'lost';
  /** A group's entry in the state id of an answer that is given now: what a read here can see (FR-STATE-4). */
  stateIndex(progress: Progress): number;
  /** Whether a state at `appliedIndex` ends the wait of a read for `index`, confirmed or seen by its client (RC-2, FR-QUEUE-1). */
  satisfiesRead(index: number, appliedIndex: number): boolean;
  standingOf(view: StandingView): Standing;
  /** @param others how many other nodes there are */
  judgeStanding(answers: readonly StandingAnswer[], directory: string, others: number): Identity;
  judgeChange(view: ChangeView): ChangeDecision;
  snapshotDue(view: LogView, limits: { readonly entries: number; readonly bytes: number }): boolean;
}
