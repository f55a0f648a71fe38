/** Msyncs and echoes at a leader that takes as many writes as it can, all at the same time: what of their times is the msync's. */
import { drive, type Measured } from '../generator.js';
import { echoWrite } from '../om-operation.js';
import type { FollowerReadsCluster } from './cluster.js';
import { ECHO, MANY_CLIENTS, MSYNC, PROBES } from './goals.js';
import { echoRead, msync } from './operations.js';

/** The writes begin before the others are measured and end after them. */
const WARM_UP_MS = 1_500;
const LEAD_MS = 500;

export async function measureMsync(
  cluster: FollowerReadsCluster,
  measureMs: number,
  note: (operation: string, clients: number, measured: Measured) => void,
): Promise<void> {
  const { address } = await cluster.leader();
  const probe = { clients: PROBES, warmUpMs: WARM_UP_MS, measureMs };
  const [writes, msyncs, echoes] = await Promise.all([
    drive(echoWrite(address), {
      clients: MANY_CLIENTS,
      warmUpMs: WARM_UP_MS - LEAD_MS,
      measureMs: measureMs + 2 * LEAD_MS,
    }),
    drive(msync(address), probe),
    drive(echoRead(address), probe),
  ]);
  note('echo-write beside them', MANY_CLIENTS, writes);
  note(MSYNC, PROBES, msyncs);
  note(ECHO, PROBES, echoes);
}
