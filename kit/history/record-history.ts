/**
 * Records a history: clients that send a mixed workload, each to the node that it takes for the leader, while something is done to the
 * cluster. Nobody repeats a call; what came of each stands in the history, and a checker judges it (HA-10, RC-7).
 */
import { EnvironmentError } from '../failure.js';
import type { RunContext } from '../run/context.js';
import { accepted, briefly } from '../run/leader.js';
import { KIT_VERSION } from '../run/package.js';
import { Draws } from '../scenario/draws.js';
import { LeaderLine } from '../scenario/leader-line.js';
import type { ScenarioNames } from '../scenario/names.js';
import { requestOf } from '../scenario/operation.js';
import type { Request } from '../scenario/operations/kinds.js';
import type { ReadHint } from '../wire/outcome.js';
import type { History, Initial } from './call.js';
import { HistoryClient, type Reads } from './history-client.js';
import { historyRequest } from './history-request.js';
import { EVERYTHING, type Mix, MixedWorkload, type Space } from './mixed-workload.js';
import { Pace } from './pace.js';
import { type RecordedClient, Recorder } from './recorder.js';

export interface HistoryPlan {
  readonly clients: number;
  /** Calls in all; at most twice as many where what is done to the cluster takes long. */
  readonly operations: number;
  /** Default: everything. */
  readonly mix?: Mix;
  readonly reads: Reads;
  /** Default: the run's. */
  readonly seed?: string;
}

const OWNERS = ['omc-ann', 'omc-bob', 'omc-cid'];
const LOOK_MS = 10;
/** A page that came in no answer is asked for again after this. */
const AGAIN_MS = 20;

/**
 * Does `during` once a quarter of the calls is answered, goes on until it has ended and for a while, and reads in the end all that there
 * is, at the leader: what was acknowledged and is lost is then seen missing.
 *
 * @throws EnvironmentError GIVEN_NOT_MET when what the workload needs could not be made, the load did not come up, or nobody answered
 * in the end
 */
export async function recordHistory(
  run: RunContext,
  names: ScenarioNames,
  plan: HistoryPlan,
  during: () => Promise<void>,
): Promise<History> {
  const line = new LeaderLine(run);
  const { space, initial } = await makeSpace(line, names);
  const workload = new MixedWorkload(space, plan.mix ?? EVERYTHING);
  const recorder = new Recorder(performance.now());
  const pace = new Pace(plan.operations);
  const seed = plan.seed ?? run.seed;
  const clients = Promise.all(
    Array.from({ length: plan.clients }, (_, at) => {
      const draws = new Draws(seed, `history ${at}`);
      return new HistoryClient(run, plan.reads, workload, draws, recorder, pace, at + 1).work();
    }),
  );
  // Looked at below; until then a fault of one must not end the process.
  clients.catch(() => pace.stop());
  try {
    await comesUp(run, recorder, pace);
    await during();
    pace.finish();
    await within(clients, run.target.budgets.clusterStartMs);
  } finally {
    pace.stop();
    await clients;
  }
  await readAll(line, workload, recorder.client(0), hintAtTheEnd(plan.reads));
  const { kind, identity } = run.target;
  const header = { seed, target: `${identity?.project ?? kind} ${identity?.version ?? ''}`.trim(), kit: KIT_VERSION };
  return { header: { ...header, clients: plan.clients, initial }, calls: recorder.calls() };
}

async function comesUp(run: RunContext, recorder: Recorder, pace: Pace): Promise<void> {
  const endsAtMs = performance.now() + run.target.budgets.clusterStartMs;
  while (recorder.answered < pace.before) {
    if (performance.now() >= endsAtMs || pace.stopped) {
      const came = `only ${recorder.answered} calls were answered before anything was done to the cluster`;
      throw new EnvironmentError('GIVEN_NOT_MET', came);
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** Waits for the clients' last calls, and no longer than this for nodes that answer nothing. */
async function within(clients: Promise<unknown>, budgetMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, budgetMs);
  });
  try {
    await Promise.race([clients, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function makeSpace(
  line: LeaderLine,
  names: ScenarioNames,
): Promise<{ readonly space: Space; readonly initial: Initial }> {
  const [home, coming, ...volumes] = Array.from({ length: 5 }, () => names.nextVolume());
  if (home === undefined || coming === undefined) throw new RangeError('no names');
  const owner = OWNERS[0] ?? '';
  const bucket = (word: string, volume: string) => ({ volume, bucket: names.bucket(word) });
  const [keys, listings] = [bucket('keys', home), bucket('listings', home)];
  for (const volume of [home, coming]) {
    await make(line, requestOf({ kind: 'create-volume', volume, owner, quota: undefined }));
  }
  for (const place of [keys, listings]) await make(line, requestOf({ kind: 'create-bucket', ...place }));
  return {
    space: { keys, listings, buckets: ['one', 'two'].map((word) => bucket(word, coming)), volumes, owners: OWNERS },
    initial: {
      volumes: [
        { name: home, owner, buckets: [keys.bucket, listings.bucket] },
        { name: coming, owner, buckets: [] },
      ],
    },
  };
}

async function make(line: LeaderLine, request: Request): Promise<void> {
  const outcome = await line.send(request);
  if (accepted(outcome)) return;
  throw new EnvironmentError('GIVEN_NOT_MET', `what the workload needs could not be made: ${briefly(outcome)}`);
}

/** Reads that go by what their client knows say nothing of what others lost: the last ones are confirmed. */
function hintAtTheEnd(reads: Reads): ReadHint | undefined {
  return 'autoMsync' in reads ? 'LINEARIZABLE_ALLOW_FOLLOWER' : reads.hint;
}

/** Every read again until it is answered: the last state is no state when nobody shows it. */
async function readAll(
  line: LeaderLine,
  workload: MixedWorkload,
  record: RecordedClient,
  hint: ReadHint | undefined,
): Promise<void> {
  await line.lookAgain();
  for (const operation of workload.all()) {
    const endsAtMs = performance.now() + line.budgets.failoverMs;
    for (;;) {
      const outcome = await line.send(historyRequest(operation, 0n), hint === undefined ? {} : { hint });
      if (record.took(operation, outcome).kind === 'answered') break;
      if (performance.now() >= endsAtMs) {
        const why = `nobody answered ${operation.kind} at the end of the workload: ${briefly(outcome)}`;
        throw new EnvironmentError('GIVEN_NOT_MET', why);
      }
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}
