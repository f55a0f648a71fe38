/**
 * A process that works on a data directory and kills itself at a named step, or writes until it is killed.
 * Arguments: directory, what to do, the step to die at, and for `install` the file to install.
 */
import { copyFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DataDirectory } from '../data-directory.js';
import { CLUSTER, hardState, NODE, point, position } from './fixtures-data.js';

const [directory = '', what = '', stepToDieAt = '', donated = ''] = process.argv.slice(2);

function reached(step: string): void {
  if (step === stepToDieAt) process.kill(process.pid, 'SIGKILL');
}

const data = await DataDirectory.open({ directory, cluster: CLUSTER, node: NODE, onStep: reached });
const state = data.openState('main');

async function writeWithoutEnd(): Promise<never> {
  for (let index = state.position.index + 1; ; index++) {
    state.transact((transaction) => {
      transaction.put('volume', Buffer.from(`/v${index}`), Buffer.from(`value ${index}`));
      return position(index);
    });
    writeSync(1, `${index}\n`);
    if (index % 200 === 0) await state.snapshot();
  }
}

async function install(): Promise<void> {
  // Something that stands in the write-ahead log only.
  if (state.position.index === 15) {
    state.transact((transaction) => {
      transaction.put('volume', Buffer.from('/v16'), Buffer.from('own'));
      return position(16);
    });
  }
  const received = join(data.receivingDirectory, 'from-a-peer');
  copyFileSync(donated, received);
  await state.accept(received, 50);
  await data.log.append([{ group: 'main', hardState: hardState(2, 50), snapshot: point(50, 2), entries: [] }]);
  reached('logged');
  await state.install(50);
  reached('installed');
}

if (what === 'write') await writeWithoutEnd();
else if (what === 'snapshot') await state.snapshot();
else if (what === 'install') await install();
else if (what !== 'open') throw new Error(`nothing is called "${what}"`);
await data.close();
