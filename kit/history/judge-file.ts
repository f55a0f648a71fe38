/** Judges a saved history and says in words what came of it: the same verdict as in the run that recorded it. */
import { readFileSync, statSync } from 'node:fs';
import { UsageError } from '../failure.js';
import { messageOf, printable } from '../wire/text.js';
import type { History } from './call.js';
import type { GuaranteeVerdict } from './checker/guarantee.js';
import { checkPromised, promiseWords } from './checker/promised.js';
import { MAX_BYTES, readHistory } from './file.js';
import { callWords } from './words.js';

const MAX_LINES = 60;
const MAX_NAME = 200;

export interface Judgement {
  readonly lines: readonly string[];
  readonly exit: 0 | 1 | 2;
}

/** @throws UsageError HISTORY_DAMAGED for a file that is no history */
export function judgeFile(path: string, maxSteps?: number): Judgement {
  const history = readHistory(textOf(path), path);
  const verdict = checkPromised(history, maxSteps);
  return { lines: [...about(history), ...said(promiseWords(history.header), verdict)], exit: exitOf(verdict) };
}

function textOf(path: string): string {
  try {
    if (statSync(path).size > MAX_BYTES) {
      throw new UsageError('HISTORY_DAMAGED', `${path}: it is longer than ${MAX_BYTES} bytes`);
    }
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError('HISTORY_DAMAGED', `${path}: it cannot be read (${messageOf(error)})`, { cause: error });
  }
}

function about({ header, calls }: History): string[] {
  const of = (kind: string) => calls.filter(({ outcome }) => outcome.kind === kind).length;
  const ends = `${of('answered')} answered, ${of('failed')} failed for sure, ${of('unknown')} of unknown outcome`;
  const where = `${printable(header.target, MAX_NAME)}, seed ${printable(header.seed, MAX_NAME)}, kit ${printable(header.kit, MAX_NAME)}`;
  return [`${calls.length} calls of ${header.clients} clients: ${ends}`, where, ''];
}

function said(promise: string, verdict: GuaranteeVerdict): string[] {
  switch (verdict.kind) {
    case 'kept':
      return [`${promise}: one order explains every answer (${verdict.parts} parts, ${verdict.steps} steps)`];
    case 'unknown':
      return [`undecided: ${verdict.why}`, 'Give it more with --steps, or record a shorter history.'];
    case 'broken': {
      const { calls, others } = verdict.counterExample;
      const more = calls.length > MAX_LINES ? [`  and ${calls.length - MAX_LINES} more`] : [];
      return [
        `${promise === 'linearizable' ? 'not linearizable' : `not so that ${promise}`}: no order explains these ${calls.length} calls, whatever ${others} others did`,
        ...calls.slice(0, MAX_LINES).map((call) => `  ${callWords(call)}`),
        ...more,
      ];
    }
  }
}

function exitOf({ kind }: GuaranteeVerdict): Judgement['exit'] {
  switch (kind) {
    case 'kept':
      return 0;
    case 'broken':
      return 1;
    case 'unknown':
      return 2;
  }
}
