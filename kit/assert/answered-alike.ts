/** Observable: what the attempts of one logical call were told (LE-RETRY-1). */
import type { Answered, Outcome } from '../wire/outcome.js';
import { describe, differingFields, failure, pick, said } from './found.js';

/**
 * Assertion `answered-alike`: the last attempt was answered, and every attempt that was answered got the first one's command
 * type, status and body.
 *
 * @param attempts of one call, in the order of their ends; two answers at least are needed to judge anything
 */
export function assertAnsweredAlike(attempts: readonly Outcome[]): void {
  const last = attempts.at(-1);
  if (last === undefined || attempts.length < 2) throw new Error('no two attempts of one call to judge');
  if (last.kind !== 'answered') throw failure('answered-alike', 'an answer to a repeated call', describe(last), [last]);
  const [first, ...others] = attempts.filter((attempt) => attempt.kind === 'answered');
  if (first === undefined) return;
  for (const other of others) {
    const [was, is] = [said(first), said(other)];
    const fields = differingFields(was, is);
    if (fields.length === 0) continue;
    const expected = `${describe(first)} with ${pick(was, fields)}, as the first attempt`;
    throw failure('answered-alike', expected, `${describe(other)} with ${pick(is, fields)}`, [first, other]);
  }
}

/** Whether two attempts of one call were told the same. */
export function saidAlike(one: Answered, other: Answered): boolean {
  return differingFields(said(one), said(other)).length === 0;
}
