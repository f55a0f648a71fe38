/** Observable: why a node refused, by the class that its refusal names (wire-binding.md §1). */
import type { Outcome } from '../wire/outcome.js';
import { describe, failure } from './found.js';

/** Assertion `refusal-class`: every outcome is a refusal of this class; `className` is its simple name. */
export function assertRefusedWith(outcomes: readonly Outcome[], className: string): void {
  for (const outcome of outcomes) {
    if (outcome.kind === 'refused' && outcome.className === className) continue;
    throw failure('refusal-class', `a refusal with ${className}`, describe(outcome), [outcome]);
  }
}
