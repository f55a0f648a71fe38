/**
 * The file of Cucumber Messages, one JSON object a line: written while the run goes on, so that a run that is killed leaves
 * what was known, and read back line by line for the verdict.
 */
import { closeSync, createReadStream, openSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Envelope } from '@cucumber/messages';

/** A message is kept in memory until this many characters have gathered. */
const MAX_BUFFERED_CHARS = 64 * 1024;

/** Writes synchronously: cucumber awaits no message handler, so anything else would need an unbounded queue. */
export class MessagesFile {
  readonly #file: number;
  #lines: string[] = [];
  #chars = 0;
  #open = true;

  constructor(path: string) {
    this.#file = openSync(path, 'w');
  }

  write(message: Envelope): void {
    if (!this.#open) return;
    const line = JSON.stringify(message);
    this.#lines.push(line);
    this.#chars += line.length;
    if (this.#chars >= MAX_BUFFERED_CHARS) this.#flush();
  }

  /** Later messages are dropped: what is said after the end of a run is not part of it. */
  close(): void {
    if (!this.#open) return;
    this.#flush();
    this.abandon();
  }

  /** Closes the file without what is still in memory. */
  abandon(): void {
    if (this.#open) closeSync(this.#file);
    this.#open = false;
  }

  #flush(): void {
    // Not `writeSync`, which may write a part and say nothing when the disk is nearly full.
    if (this.#lines.length > 0) writeFileSync(this.#file, `${this.#lines.join('\n')}\n`);
    this.#lines = [];
    this.#chars = 0;
  }
}

/** Reads such a file. Throws when a line is not JSON. */
export async function* readMessages(path: string): AsyncGenerator<Envelope> {
  for await (const line of createInterface({
    input: createReadStream(path, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    if (line !== '') yield JSON.parse(line) as Envelope;
  }
}
