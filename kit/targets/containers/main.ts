/**
 * Removes what one run made on the engine. The guard runs it when the kit is gone before it could do so itself:
 * `node dist/kit/targets/containers/main.js RUN`.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from '../../failure.js';
import { openEngine } from './docker-engine.js';
import { removeRun } from './leftovers.js';

/** What the kit had just asked for when it died, the engine may carry out after the first look. */
const SECOND_LOOK_MS = 2000;

const [run] = process.argv.slice(2);
if (run === undefined) throw new UsageError('OPTION_INVALID', 'the id of a run is missing');
const engine = await openEngine();
await removeRun(engine, run);
await sleep(SECOND_LOOK_MS);
await removeRun(engine, run);
