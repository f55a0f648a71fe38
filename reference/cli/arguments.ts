/** Values of command-line options: text to what the program needs, or a usage error that names the option. Pure. */
import { InvalidArgumentError } from 'commander';

export function address(text: string): string {
  const match = /^(?:[\w.-]+|\[[0-9a-fA-F:.]+\]):(\d{1,5})$/.exec(text);
  if (match === null || Number(match[1]) > 65_535) throw new InvalidArgumentError('Expected host:port.');
  return text;
}

/** `om1=127.0.0.1:19001,om2=…`, at least one. */
export function peers(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const part of text.split(',')) {
    const at = part.indexOf('=');
    if (at < 1) throw new InvalidArgumentError(`Expected ID=host:port, found "${part}".`);
    const id = nodeId(part.slice(0, at));
    if (found.has(id)) throw new InvalidArgumentError(`"${id}" is named twice.`);
    found.set(id, address(part.slice(at + 1)));
  }
  return found;
}

export function nodeId(text: string): string {
  if (!/^[\w.-]{1,64}$/.test(text)) {
    throw new InvalidArgumentError('Expected 1 to 64 letters, digits, dots, dashes or underscores.');
  }
  return text;
}

/** Empty is what an unset variable of a shell leaves; taken for this folder, it would fill it with a cluster. */
export function folder(text: string): string {
  if (text === '') throw new InvalidArgumentError('Expected a directory.');
  return text;
}

/** Gathers repeated `key=value`. */
export function setting(text: string, before: Readonly<Record<string, string>>): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Expected key=value.');
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max))
      throw new InvalidArgumentError(`Expected a whole number from ${min} to ${max}.`);
    return value;
  };
}
