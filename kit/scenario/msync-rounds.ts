/** Msyncs among the work of many clients (FR-MSYNC-1, FR-MSYNC-8, FR-GUAR-7). What they are answered is judged elsewhere. */
import type { PacedMsyncs } from '../assert/msync-pace.js';
import { idIn } from '../assert/state-id.js';
import type { RunContext } from '../run/context.js';
import type { Outcome } from '../wire/outcome.js';
import { echoRead, msync } from '../wire/requests.js';
import { type Change, planChange } from './change.js';
import { bringAbout } from './given.js';
import type { LeaderLine } from './leader-line.js';
import type { ScenarioNames } from './names.js';
import { requestOf } from './operation.js';

/**
 * Each client makes a change, has these nodes say how far they are, and msyncs, over and over. Answers all calls.
 */
export async function changeAndMsync(
  run: RunContext,
  line: LeaderLine,
  names: ScenarioNames,
  plan: {
    readonly change: Change;
    readonly clients: number;
    readonly times: number;
    readonly nodes: readonly string[];
  },
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const client = async (): Promise<void> => {
    for (let round = 0; round < plan.times; round += 1) {
      const { given, write } = planChange(plan.change, names);
      for (const operation of given) await bringAbout(line, operation);
      outcomes.push(await line.send(write));
      outcomes.push(...(await Promise.all(plan.nodes.map((node) => run.client.call(node, echoRead)))));
      outcomes.push(await line.send(msync));
    }
  };
  await Promise.all(Array.from({ length: plan.clients }, client));
  return outcomes;
}

/** Clients msync, each time beside an echo, while others write without a break. */
export async function msyncWhileWriting(
  run: RunContext,
  line: LeaderLine,
  names: ScenarioNames,
  msyncs: Msyncs,
  writers: number,
): Promise<PacedMsyncs> {
  const leader = await line.leader();
  const write = () => run.client.call(leader, requestOf(planChange('create a volume', names).write));
  return await msyncWhile(run, leader, msyncs, writers, write);
}

/** The same while others read at these nodes, each as new as the leader is when they begin. */
export async function msyncWhileReading(
  run: RunContext,
  line: LeaderLine,
  nodes: readonly string[],
  msyncs: Msyncs,
  readers: number,
): Promise<PacedMsyncs> {
  const leader = await line.leader();
  const stateId = idIn(await run.client.call(leader, echoRead));
  const request = requestOf({ kind: 'read-volume', volume: 'none' });
  let turn = 0;
  const read = () => {
    turn += 1;
    return run.client.call(nodes[turn % nodes.length] ?? leader, request, { stateId });
  };
  return await msyncWhile(run, leader, msyncs, readers, read);
}

/** Each client msyncs so often, one after the other. */
interface Msyncs {
  readonly clients: number;
  readonly times: number;
}

async function msyncWhile(
  run: RunContext,
  leader: string,
  { clients, times }: Msyncs,
  others: number,
  call: () => Promise<Outcome>,
): Promise<PacedMsyncs> {
  let busy = true;
  const work = async (): Promise<void> => {
    while (busy) await call();
  };
  const workers = Array.from({ length: others }, work);
  const paced: { readonly msyncs: Outcome[]; readonly echoes: Outcome[] } = { msyncs: [], echoes: [] };
  const client = async (_: unknown, number: number): Promise<void> => {
    for (let round = 0; round < times; round += 1) {
      const [msynced, echoed] = await Promise.all([
        run.client.call(leader, msync, { connection: `msync ${number}` }),
        run.client.call(leader, echoRead, { connection: `beside ${number}` }),
      ]);
      paced.msyncs.push(msynced);
      paced.echoes.push(echoed);
    }
  };
  try {
    await Promise.all(Array.from({ length: clients }, client));
  } finally {
    busy = false;
    await Promise.all(workers);
  }
  return paced;
}
