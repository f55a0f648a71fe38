/**
 * A wrong version of one decision of this cluster, for `npm run prove` (design §6). Mutants are reached through the door
 * `main.ts` alone: nothing that a user starts imports this folder.
 */
import type { NodeParts } from '../node/parts.js';

interface Description {
  /** Lower-case words joined by hyphens, unique. */
  readonly id: string;
  /** What this version does wrong, in one sentence. */
  readonly wrong: string;
  /** Rule → id of the assertion of the kit that has to notice, in each rule named. */
  readonly breaks: Readonly<Record<string, string>>;
}

/** Replaces decisions of `NodeParts`: preferred, because the compiler keeps it fitting. */
export interface PolicyMutant extends Description {
  readonly kind: 'policy';
  /** Called once for each node: what a mutant remembers is the node's own. */
  readonly parts: (right: NodeParts) => NodeParts;
}

/** Replaces a text of one source file, for what is no decision of `NodeParts`. `prove` compiles it into a folder of its own. */
export interface PatchMutant extends Description {
  readonly kind: 'patch';
  /** Relative to the package. */
  readonly file: string;
  /** Has to stand in the file exactly once. */
  readonly search: string;
  readonly replace: string;
  /** Runs as three processes instead of three nodes in one: where kill -9 matters. */
  readonly processes?: true;
}

export type Mutant = PolicyMutant | PatchMutant;
