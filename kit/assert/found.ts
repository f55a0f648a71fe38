/**
 * How assertions put what they found into words. It describes outcomes and records and judges nothing; what a server says
 * is printed as the wire client made it safe to print.
 */
import { status as Code } from '@grpc/grpc-js';
import { hadoop } from '#proto';
import { ConformanceFailure } from '../failure.js';
import type { Answered, Outcome } from '../wire/outcome.js';

const MAX_CHARS = 600;
/** Fields of an answer that say who gave it, to which attempt, and in which words. */
const CIRCUMSTANCES: ReadonlySet<string> = new Set(['traceID', 'message', 'leaderOMNodeId', 'omLockDetails']);

/** The failure of one assertion, decided by these calls. */
export function failure(
  assertion: string,
  expected: string,
  found: string,
  outcomes: readonly Outcome[],
): ConformanceFailure {
  return new ConformanceFailure(
    assertion,
    cut(expected),
    cut(found),
    outcomes.map(({ callNumber }) => callNumber),
  );
}

/** What came of a call, e.g. `VOLUME_NOT_FOUND from om1` or `gRPC INTERNAL from om2 (…)`. */
export function describe(outcome: Outcome): string {
  const from = `from ${outcome.node}`;
  switch (outcome.kind) {
    case 'answered':
      return `${statusName(outcome.response.status)} ${from}`;
    case 'refused':
      return `gRPC ${Code[outcome.code] ?? outcome.code} ${from} (${outcome.details || 'no text'})`;
    case 'unanswered':
      return `no answer ${from} (${outcome.why}${outcome.details === '' ? '' : `: ${outcome.details}`})`;
    case 'unreadable':
      return `unreadable bytes ${from} (${outcome.details})`;
  }
}

export function statusName(status: number): string {
  return hadoop.ozone.Status[status] ?? `status ${status}`;
}

export function commandName(cmdType: number): string {
  return hadoop.ozone.Type[cmdType] ?? `command ${cmdType}`;
}

/** What an answer says, whoever gave it: its command type, its status and its body. */
export function said({ response }: Answered): object {
  return Object.fromEntries(Object.entries(response).filter(([key]) => !CIRCUMSTANCES.has(key)));
}

/** A value of a message as text: numbers as they are, text quoted, messages field by field. */
export function show(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('hex')}`;
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`;
  if (typeof value === 'object') {
    return `{${Object.entries(value)
      .map(([key, part]) => `${key}: ${show(part)}`)
      .join(', ')}}`;
  }
  return JSON.stringify(value);
}

/** Names of the fields in which two records differ, in the order of the first. */
export function differingFields(before: object, after: object): string[] {
  const left = new Map(Object.entries(before));
  const right = new Map(Object.entries(after));
  return [...new Set([...left.keys(), ...right.keys()])].filter((key) => show(left.get(key)) !== show(right.get(key)));
}

/** The fields `names` of a record, for a message. */
export function pick(record: object, names: readonly string[]): string {
  const fields = new Map(Object.entries(record));
  return names.map((name) => `${name} ${show(fields.get(name))}`).join(', ');
}

function cut(text: string): string {
  return text.length > MAX_CHARS ? `${text.slice(0, MAX_CHARS)}…` : text;
}
