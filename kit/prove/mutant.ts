/**
 * What a mutant is: one wrong version of one decision, the rules it breaks, and the assertion that must notice (design
 * §6). It is a description; running it is `main.ts`'s, judging it `outcome.ts`'s.
 */
import { z } from 'zod';

const id = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, { error: 'lower-case words joined by hyphens' });

/** Rule id → id of the assertion in `kit/assert` that is expected to fail. */
const breaks = z.record(z.string(), z.string().min(1)).refine((rules) => Object.keys(rules).length > 0, {
  error: 'at least one rule that the mutant breaks',
});

const patch = {
  /** TypeScript source file, relative to the package. */
  file: z.string().regex(/^(?:reference|kit)\/.+\.ts$/),
  /** Must occur exactly once in the file. */
  search: z.string().min(1),
  replace: z.string(),
};

/** Replaces one function of the reference's `NodeParts`; what it does is in `reference/mutants`. */
const policyMutant = z.strictObject({
  kind: z.literal('policy'),
  id,
  wrong: z.string().min(1).describe('What this version does wrong, in one sentence.'),
  breaks,
});

/** A search and replace on one source file of the reference, compiled into a folder of its own. */
const patchMutant = z.strictObject({
  kind: z.literal('patch'),
  id,
  wrong: z.string().min(1),
  breaks,
  /** True when disk, kill or freeze matter: three processes instead of three nodes in one. */
  processes: z.boolean().default(false),
  ...patch,
});

/** A search and replace on the kit itself, killed by the kit's own tests. */
const kitMutant = z.strictObject({
  kind: z.literal('kit'),
  id,
  wrong: z.string().min(1),
  /** Compiled test file relative to `dist`, e.g. `kit/verdict/judge.test.js`. */
  test: z.string().regex(/^kit\/.+\.test\.js$/),
  /** Full name of a test that must fail, or the end of it. */
  fails: z.string().min(1),
  ...patch,
});

export const mutantSchema = z.discriminatedUnion('kind', [policyMutant, patchMutant, kitMutant]);
export type Mutant = z.infer<typeof mutantSchema>;
export type ClusterMutant = Extract<Mutant, { kind: 'policy' | 'patch' }>;
export type KitMutant = Extract<Mutant, { kind: 'kit' }>;

/** Reads a list of mutants. Throws when one is malformed or two have one id. */
export function parseMutants(data: unknown): Mutant[] {
  const mutants = z.array(mutantSchema).parse(data);
  const seen = new Set<string>();
  for (const mutant of mutants) {
    if (seen.has(mutant.id)) throw new Error(`two mutants are called ${mutant.id}`);
    seen.add(mutant.id);
  }
  return mutants;
}
