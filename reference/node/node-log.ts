/** One line per event, for people and for `tail -f`. Where the lines go and what time they carry is injected. */
export interface NodeLog {
  info(event: string, details?: Readonly<Record<string, unknown>>): void;
  warn(event: string, details?: Readonly<Record<string, unknown>>): void;
  error(event: string, details?: Readonly<Record<string, unknown>>): void;
}

export function lineLog(write: (line: string) => void, now: () => Date, node: string): NodeLog {
  const line = (level: string) => (event: string, details?: Readonly<Record<string, unknown>>) => {
    const rest = Object.entries(details ?? {}).map(([key, value]) => ` ${key}=${shown(value)}`);
    write(`${now().toISOString()} ${level} ${node} ${event}${rest.join('')}\n`);
  };
  return { info: line('INFO '), warn: line('WARN '), error: line('ERROR') };
}

/** Values stay on one line whatever they hold. */
function shown(value: unknown): string {
  const text = value instanceof Error ? value.message : typeof value === 'string' ? value : String(value);
  return /^[\w.:/@+-]*$/.test(text) && text !== '' ? text : JSON.stringify(text);
}
