/**
 * Wrong versions of the kit itself, in what decides a verdict: each is killed by a unit test. Mutants of the reference are
 * in `reference/mutants`.
 */
import type { KitMutant } from '../mutant.js';
import { HISTORY_MUTANTS } from './histories.js';
import { TARGET_MUTANTS } from './targets.js';

export const KIT_MUTANTS: readonly KitMutant[] = [
  {
    kind: 'kit',
    id: 'kit-failure-outweighed',
    wrong: 'A run with a problem of its own is INCOMPLETE, although a MUST rule failed in it.',
    test: 'kit/verdict/judge.test.js',
    fails: 'a MUST failed in a run with a problem',
    file: 'kit/verdict/judge.ts',
    search: "word: mustFailures.length > 0 ? 'NOT CONFORMANT' : rest,",
    replace: "word: mustFailures.length > 0 && problems.length === 0 ? 'NOT CONFORMANT' : rest,",
  },
  {
    kind: 'kit',
    id: 'kit-skipped-is-passed',
    wrong: 'A scenario of which a step was skipped has passed.',
    test: 'kit/verdict/results.test.js',
    fails: 'a skipped step',
    file: 'kit/verdict/results.ts',
    search: "steps.find(({ status }) => status !== 'PASSED');",
    replace: "steps.find(({ status }) => status !== 'PASSED' && status !== 'SKIPPED');",
  },
  {
    kind: 'kit',
    id: 'kit-capability-taken-for-granted',
    wrong: 'A scenario runs on a target that cannot do what its rule needs.',
    test: 'kit/run/plan.test.js',
    fails: 'a scenario that lacks what its rule needs',
    file: 'kit/run/plan.ts',
    search: 'new Set<Capability>([...rule.needs, ...tags.needs])',
    replace: 'new Set<Capability>(tags.needs)',
  },
  {
    kind: 'kit',
    id: 'kit-silence-is-failure',
    wrong: 'A write without an answer counts as one that did not happen.',
    test: 'kit/history/acknowledged.test.js',
    fails: 'created, and given away perhaps',
    file: 'kit/history/acknowledged.ts',
    search: "const certain = outcome.kind === 'answered';",
    replace: "if (outcome.kind === 'unanswered') return;\n    const certain = outcome.kind === 'answered';",
  },
  {
    kind: 'kit',
    id: 'kit-own-deadline-is-an-answer',
    wrong: "The caller's own deadline counts as a refusal by the OM where the server's library noticed it first.",
    test: 'kit/wire/call-end.test.js',
    fails: 'our own deadline, which the server noticed first',
    file: 'kit/wire/call-end.ts',
    search: 'end.code === Code.DEADLINE_EXCEEDED && end.overdue',
    replace: 'end.code === Code.DEADLINE_EXCEEDED && end.trailers.size === 0',
  },
  ...HISTORY_MUTANTS,
  ...TARGET_MUTANTS,
];
