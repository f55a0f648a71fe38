/** How the value of a configuration key is written: text to a typed value, or why not. Knows no key. */

/** Thrown by the parsers below: what the value should have been, as the end of a sentence. */
export class ValueError extends Error {
  override readonly name = 'ValueError';
}

export type ValueParser<T> = (text: string) => T;

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const MAX_DURATION_MS = 24 * 3_600_000;

export function flag(text: string): boolean {
  if (text === 'true') return true;
  if (text === 'false') return false;
  throw new ValueError('true or false');
}

export function oneOf<T extends string>(...allowed: readonly T[]): ValueParser<T> {
  return (text) => {
    const found = allowed.find((value) => value === text);
    if (found === undefined) throw new ValueError(`one of ${allowed.join(', ')}`);
    return found;
  };
}

/** Milliseconds; without a unit the number is in milliseconds. */
export function durationMs(minMs: number): ValueParser<number> {
  return (text) => {
    const match = /^(\d{1,9})(ms|s|m|h)?$/.exec(text);
    const value = match === null ? Number.NaN : Number(match[1]) * (UNIT_MS[match[2] ?? 'ms'] ?? Number.NaN);
    if (!(value >= minMs && value <= MAX_DURATION_MS))
      throw new ValueError(`a time from ${minMs}ms to 24h, like 500ms or 10s`);
    return value;
  };
}

export function integer(min: number, max: number): ValueParser<number> {
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max)) throw new ValueError(`a whole number from ${min} to ${max}`);
    return value;
  };
}

/** A limit where −1 means none. */
export function limit(text: string): bigint {
  if (!/^(-1|\d{1,18})$/.test(text)) throw new ValueError('a whole number, or -1 for no limit');
  return BigInt(text);
}

/** A key whose behaviour a later version brings: only its default can be asked for. */
export function onlyDefault(byDefault: string): ValueParser<undefined> {
  return (text) => {
    if (text !== byDefault) throw new ValueError(`${byDefault || 'empty'}: this version has nothing else`);
    return undefined;
  };
}
