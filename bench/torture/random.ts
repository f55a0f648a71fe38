/** Seeded choices: the n-th choice of a seed is the same in every run, also in one that was resumed. */
import { createHash } from 'node:crypto';

/** A number from 0 to `below` − 1 that depends on seed, place and `below` alone. */
export function choose(seed: string, place: string, below: number): number {
  return createHash('sha256').update(`${seed}/${place}`).digest().readUInt32BE(0) % below;
}

export function pick<T>(seed: string, place: string, from: readonly [T, ...T[]]): T {
  return from[choose(seed, place, from.length)] ?? from[0];
}
