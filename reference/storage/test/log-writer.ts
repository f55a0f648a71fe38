/**
 * A process that appends to a log without end and says what was acknowledged, one index a line, until it is killed.
 * Arguments: directory. Goes on where the log ends.
 */
import { writeSync } from 'node:fs';
import { SqliteLogStore } from '../sqlite-log-store.js';
import { CLUSTER, hardState, madeEntry, NODE } from './fixtures-data.js';

const OUTSTANDING = 16;
const [directory = ''] = process.argv.slice(2);
const store = await SqliteLogStore.open({ directory, cluster: CLUSTER, node: NODE, checkpointBytes: 200_000 });
let next = ((await store.load('main'))?.entries.length ?? 0) + 1;

async function writeOn(): Promise<never> {
  for (;;) {
    const index = next++;
    await store.append([
      { group: 'main', hardState: hardState(1, index - 1), entries: [madeEntry('main', index, 1, 50 + (index % 400))] },
    ]);
    // Straight to the descriptor: what was acknowledged has left this process before it dies.
    writeSync(1, `${index}\n`);
  }
}
await Promise.all(Array.from({ length: OUTSTANDING }, writeOn));
