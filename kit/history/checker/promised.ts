/** Judges a history by what its header says that its reads were promised: linearizability, or the guarantee that it names. */
import type { History } from '../call.js';
import { checkLinearizable } from './check.js';
import { checkGuarantee, type GuaranteeVerdict, guaranteeWords } from './guarantee.js';

export function checkPromised(history: History, maxSteps?: number): GuaranteeVerdict {
  const { guarantee } = history.header;
  if (guarantee !== undefined) return checkGuarantee(history, guarantee, maxSteps);
  const verdict = checkLinearizable(history, maxSteps === undefined ? {} : { maxSteps });
  switch (verdict.kind) {
    case 'linearizable':
      return { ...verdict, kind: 'kept' };
    case 'not linearizable':
      return { ...verdict, kind: 'broken' };
    case 'unknown':
      return verdict;
  }
}

/** `linearizable`, or what is promised instead. */
export function promiseWords({ guarantee }: History['header']): string {
  return guarantee === undefined ? 'linearizable' : guaranteeWords(guarantee);
}
