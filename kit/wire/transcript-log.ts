/**
 * Keeps the transcript: numbers every call of the run and holds the newest entries of the scenario in progress. Texts come
 * in already bounded and redacted (`render.ts`), so an entry is a few KiB at most.
 */
import type { Transcript, TranscriptEntry } from './transcript.js';

export const MAX_ENTRIES = 500;

/** What is known when a call leaves. */
export type CallStart = Pick<TranscriptEntry, 'node' | 'command' | 'request' | 'metadata' | 'sentAtMs'>;
/** What is known when it has ended. */
export type CallResult = Pick<TranscriptEntry, 'answer' | 'trailers'> & { readonly endedAtMs: number };

export interface OpenEntry {
  readonly number: number;
  end(result: CallResult): void;
}

type Mutable = { -readonly [K in keyof TranscriptEntry]: TranscriptEntry[K] };

export class TranscriptLog implements Transcript {
  private scenarioName: string | undefined;
  private kept: Mutable[] = [];
  private count = 0;

  /** Starts a scenario: entries of the one before are let go, also those still open. */
  begin(scenario: string): void {
    this.scenarioName = scenario;
    this.kept = [];
  }

  /** Name given to `begin`; undefined before the first scenario. */
  get scenario(): string | undefined {
    return this.scenarioName;
  }

  get entries(): readonly TranscriptEntry[] {
    return this.kept;
  }

  get callCount(): number {
    return this.count;
  }

  /** Records a call that is about to leave. */
  open(call: CallStart): OpenEntry {
    this.count += 1;
    const entry: Mutable = {
      number: this.count,
      scenario: this.scenarioName,
      ...call,
      answer: '',
      trailers: {},
      endedAtMs: undefined,
    };
    this.kept.push(entry);
    if (this.kept.length > MAX_ENTRIES) this.kept.shift();
    return {
      number: entry.number,
      end(result) {
        entry.answer = result.answer;
        entry.trailers = result.trailers;
        entry.endedAtMs = result.endedAtMs;
      },
    };
  }
}
