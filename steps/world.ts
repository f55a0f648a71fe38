/** What one scenario holds between its steps. Typed slots only: steps fill them, `kit/scenario` and `kit/assert` do the work. */
import { setWorldConstructor, World } from '@cucumber/cucumber';
import type { DirectoryPages } from '../kit/assert/children.js';
import type { IdleWrite } from '../kit/assert/idle-follower.js';
import type { KeyInfo } from '../kit/assert/key-read.js';
import type { Handover, Recovery } from '../kit/assert/leadership-moved.js';
import type { PacedMsyncs } from '../kit/assert/msync-pace.js';
import type { Start } from '../kit/assert/started.js';
import type { FileStatus } from '../kit/assert/status-read.js';
import type { BucketInfo, VolumeInfo } from '../kit/assert/volume-read.js';
import type { ChangeAnswer } from '../kit/control/control.js';
import type { AcknowledgedWrites } from '../kit/history/acknowledged.js';
import type { History } from '../kit/history/call.js';
import { currentRun, type RunContext } from '../kit/run/context.js';
import type { AnsweredCall, Burst } from '../kit/scenario/burst.js';
import type { CountersRead } from '../kit/scenario/counters.js';
import type { CutWrite } from '../kit/scenario/cut-short.js';
import type { Draws } from '../kit/scenario/draws.js';
import type { Hindered } from '../kit/scenario/hindrance.js';
import { KnowingClients } from '../kit/scenario/knowing-clients.js';
import { KnownRecords } from '../kit/scenario/known-records.js';
import { KnownTrees } from '../kit/scenario/known-tree.js';
import { LeaderLine } from '../kit/scenario/leader-line.js';
import type { ListedRounds } from '../kit/scenario/listed-rounds.js';
import { MemberChanges } from '../kit/scenario/member-changes.js';
import type { NamedCall, NamedCalls } from '../kit/scenario/named-calls.js';
import { ScenarioNames } from '../kit/scenario/names.js';
import { NodeFaults, type StartAnswer } from '../kit/scenario/node-faults.js';
import { OpenCalls } from '../kit/scenario/open-calls.js';
import type { Operation, Request } from '../kit/scenario/operation.js';
import type { QuietCalls } from '../kit/scenario/quiet-log.js';
import type { CommandsDone } from '../kit/scenario/random-commands.js';
import type { Way } from '../kit/scenario/random-names.js';
import type { RoundTrip } from '../kit/scenario/round-trip.js';
import type { Rounds } from '../kit/scenario/rounds.js';
import { Sessions } from '../kit/scenario/sessions.js';
import type { Suggestions } from '../kit/scenario/suggestions.js';
import { SEEN_MEDIA_TYPE, type SeenRecord } from '../kit/verdict/failure-record.js';
import type { Outcome } from '../kit/wire/outcome.js';
import type { StateVector } from '../kit/wire/state-vector.js';

export class OmWorld extends World {
  #parts:
    | {
        run: RunContext;
        names: ScenarioNames;
        line: LeaderLine;
        faults: NodeFaults;
        members: MemberChanges;
        open: OpenCalls;
      }
    | undefined;

  /** Outcomes of the last When, in the order of the calls. */
  outcomes: readonly Outcome[] = [];
  /** Node that led when the scenario last looked: the one that `outcomes` were had under. */
  leader: string | undefined;
  /** What the last write on chosen nodes worked on, as the leader showed it before. */
  subject: { readonly operation: Operation; readonly before: Outcome } | undefined;
  /** What was looked at before the last bad request, and how it read. */
  survey: { readonly reads: readonly (Operation | Request)[]; readonly before: readonly Outcome[] } | undefined;
  /** Bursts of calls at once, with what came of them. */
  bursts: readonly { readonly burst: Burst; readonly answered: readonly AnsweredCall[] }[] = [];
  cutWrites: readonly CutWrite[] = [];
  /** The read of what was made last for a user. */
  made: Request | undefined;
  readonly volumes = new KnownRecords<VolumeInfo>(1);
  readonly buckets = new KnownRecords<BucketInfo>(2);
  readonly keys = new KnownRecords<KeyInfo>(3);
  readonly directories = new KnownRecords<FileStatus>(3);
  readonly trees = new KnownTrees();
  readonly sessions = new Sessions();
  /** Names outside the run's prefix that the scenario asked for; removed at its end. */
  readonly strays: string[] = [];
  /** Listings of directories, with the size of a page that was asked for. */
  directoryPages: { readonly listings: readonly DirectoryPages[]; readonly size: number } | undefined;
  /** The last listing; quiet: the scenario changed nothing between its pages. */
  pages: { readonly outcomes: readonly Outcome[]; readonly size: number; readonly quiet: boolean } | undefined;
  /** Keys or buckets with random names, and the listings of them. */
  random:
    | {
        readonly names: readonly string[];
        readonly characters: readonly string[];
        readonly draws: Draws;
        readonly listings: { readonly way: Way; readonly pages: readonly Outcome[] }[];
      }
    | undefined;
  /** The last key that was made to see whether its name comes back. */
  trip: RoundTrip | undefined;
  writeRounds: readonly (readonly Outcome[])[] = [];
  rounds: Rounds | undefined;
  listedRounds: ListedRounds | undefined;
  suggestions: Suggestions | undefined;
  recovery: Recovery | undefined;
  handover: Handover | undefined;
  record: AcknowledgedWrites | undefined;
  history: History | undefined;
  namedCalls: NamedCalls | undefined;
  /** What clients sent until it was decided, while nodes were lost. */
  calls: readonly NamedCall[] = [];
  /** What random commands of its clients came to. */
  commands: CommandsDone | undefined;
  /** The clients that the scenario calls by name. */
  readonly clients = new KnowingClients();
  /** Msyncs while others kept the cluster busy. */
  paced: PacedMsyncs | undefined;
  /** Calls while nobody wrote, and what the log grew by. */
  quietCalls: QuietCalls | undefined;
  /** What followers of an idle cluster showed of single writes. */
  idleWrites: readonly IdleWrite[] | undefined;
  /** When what was hindered was back. */
  backAtMs: number | undefined;
  /** Echoes of the other nodes while it came back and answered. */
  echoesBeside: readonly Outcome[] | undefined;
  /** A node's counters as they were when a step read them. */
  counted: CountersRead | undefined;
  /** The last state id that a step has sent. */
  sentId: StateVector | string | undefined;
  /** What the last step hindered: a step that says `there` means its first node. */
  hindered: Hindered | undefined;

  /** The node that lost its data directory, or whose membership changes. */
  member: string | undefined;
  /** What came of starting it, and of the last change. */
  started: StartAnswer | undefined;
  changed: ChangeAnswer | undefined;
  /** What came of starting nodes that had lost their power. */
  starts: readonly Start[] = [];

  /** Has the report say what a rule with a time has measured, and its budget. One line. */
  measured(text: string): void {
    const record: SeenRecord = { seen: text };
    this.attach(JSON.stringify(record), SEEN_MEDIA_TYPE);
  }

  /** Whether a step has begun: before that there is nothing to put back. */
  get begun(): boolean {
    return this.#parts !== undefined;
  }
  get run(): RunContext {
    return this.parts.run;
  }
  get names(): ScenarioNames {
    return this.parts.names;
  }
  /** The line to the leader. */
  get line(): LeaderLine {
    return this.parts.line;
  }
  get members(): MemberChanges {
    return this.parts.members;
  }
  /** The node that led when the scenario last looked, or else the one that leads now. */
  async knownLeader(): Promise<string> {
    this.leader ??= await this.line.leader();
    return this.leader;
  }
  /** Calls that the scenario has left open. */
  get open(): OpenCalls {
    return this.parts.open;
  }
  get faults(): NodeFaults {
    return this.parts.faults;
  }

  /** Made with the first step: a scenario that does not run has no run to look at. */
  private get parts() {
    if (this.#parts !== undefined) return this.#parts;
    const run = currentRun();
    this.#parts = {
      run,
      names: new ScenarioNames(run.names),
      line: new LeaderLine(run),
      faults: new NodeFaults(run),
      members: new MemberChanges(run),
      open: new OpenCalls(run),
    };
    return this.#parts;
  }
}

setWorldConstructor(OmWorld);
