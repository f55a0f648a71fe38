/**
 * Many calls that are open at once, and when the first of them is answered and the last. What holds them until then is the
 * business of those who send them.
 */
import { EnvironmentError } from '../../kit/failure.js';
import { Caller, type Operation } from '../caller.js';
import { median } from '../measure.js';

/** Times since the calls were let go. */
export interface Burst {
  readonly firstMs: number;
  readonly lastMs: number;
  /** CPU time of the generator's own process meanwhile. */
  readonly generatorMs: number;
}

/** Medians over the rounds. */
export interface BurstRow extends Burst {
  readonly what: 'one waiting read' | 'waiting reads' | 'echoes';
  readonly calls: number;
  readonly lastMsOfRounds: readonly number[];
}

/** What keeps calls from being answered. */
export interface Held {
  /** Resolves once it holds all of them. */
  untilHeld(): Promise<void>;
  letGo(): Promise<void>;
}

/** Over which the calls of a burst come. */
export const CONNECTIONS = 8;
const DEADLINE_MS = 600_000;

export class Bursts {
  readonly #rounds = new Map<string, { readonly of: Pick<BurstRow, 'what' | 'calls'>; readonly bursts: Burst[] }>();

  /** Keeps one round. Answers a line that says what it was. */
  note(what: BurstRow['what'], calls: number, burst: Burst): string {
    const key = `${what} ${calls}`;
    const known = this.#rounds.get(key) ?? { of: { what, calls }, bursts: [] };
    known.bursts.push(burst);
    this.#rounds.set(key, known);
    return `${what}, ${calls}: first ${burst.firstMs.toFixed(1)} ms, last ${burst.lastMs.toFixed(1)} ms, generator ${burst.generatorMs.toFixed(0)} ms of CPU`;
  }

  rows(): BurstRow[] {
    return [...this.#rounds.values()].map(({ of, bursts }) => ({
      ...of,
      firstMs: median(bursts.map(({ firstMs }) => firstMs)),
      lastMs: median(bursts.map(({ lastMs }) => lastMs)),
      generatorMs: median(bursts.map(({ generatorMs }) => generatorMs)),
      lastMsOfRounds: bursts.map(({ lastMs }) => lastMs),
    }));
  }
}

/** Calls that are open all at once, on connections of their own. */
export class OpenCalls {
  readonly #caller: Caller;

  constructor(address: string) {
    this.#caller = new Caller(address, { connections: CONNECTIONS, deadlineMs: DEADLINE_MS });
  }

  /**
   * Sends all calls at once and waits for their answers.
   *
   * @param held what holds them; then the times are from when it was asked to let go, otherwise from before the first was sent
   * @throws EnvironmentError GIVEN_NOT_MET where one was answered before, or did not get the good answer
   */
  async burst(operation: Operation, calls: number, held?: Held): Promise<Burst> {
    let started = clocks();
    const answeredAtMs: number[] = [];
    const open = Promise.all(
      Array.from({ length: calls }, async (_, by) => {
        const fault = await this.#caller.call(operation, by, by);
        answeredAtMs.push(performance.now());
        return fault;
      }),
    );
    if (held !== undefined) {
      await held.untilHeld();
      if (answeredAtMs.length > 0) throw new EnvironmentError('GIVEN_NOT_MET', `${operation.name} waits for nothing`);
      started = clocks();
      await held.letGo();
    }
    const fault = (await open).find((one) => one !== undefined);
    if (fault !== undefined) throw new EnvironmentError('GIVEN_NOT_MET', `${operation.name}: ${fault}`);
    return {
      firstMs: Math.min(...answeredAtMs) - started.wallMs,
      lastMs: Math.max(...answeredAtMs) - started.wallMs,
      generatorMs: clocks().cpuMs - started.cpuMs,
    };
  }

  close(): void {
    this.#caller.close();
  }
}

function clocks(): { readonly wallMs: number; readonly cpuMs: number } {
  const { user, system } = process.cpuUsage();
  return { wallMs: performance.now(), cpuMs: (user + system) / 1000 };
}
