/**
 * Keys, listings and directories of OM clusters, measured side by side: writes of a key, reads of one, pages of a large bucket,
 * and renames of directories that hold nothing and very much.
 */
import { type Calibration, calibrate } from './calibration.js';
import { drive, type Load, type Measured, type Operation } from './generator.js';
import { median } from './measure.js';
import {
  createBucket,
  createVolume,
  listPage,
  operation,
  type Place,
  readKey,
  renameDirectory,
  writeKey,
} from './namespace-calls.js';
import type { OmSystem } from './systems/om.js';

export interface NamespacePlan {
  /** Keys of the bucket that is listed, and of the directory that is renamed. */
  readonly keys: number;
  readonly rounds: number;
  readonly measureMs: number;
}

export interface NamespaceRow {
  readonly system: string;
  readonly operation: string;
  readonly clients: number;
  /** Medians over the rounds. */
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly errors: number;
}

export interface NamespaceResult {
  readonly keys: number;
  readonly rows: readonly NamespaceRow[];
  readonly calibration: readonly Calibration[];
}

const CLIENTS = 64;
const RENAMES = 20;
const FULL = 'full';
const EMPTY = 'empty';

interface Prepared {
  readonly system: OmSystem;
  readonly flat: Place;
  readonly tree: Place;
}

export async function measureNamespace(
  systems: readonly OmSystem[],
  plan: NamespacePlan,
  say: (line: string) => void,
): Promise<NamespaceResult> {
  const calibration: Calibration[] = [calibrate()];
  const runs = new Map<string, { system: string; operation: string; clients: number; rounds: Measured[] }>();
  const note = (system: OmSystem, name: string, clients: number, measured: Measured) => {
    const key = `${system.name} ${name} ${clients}`;
    const run = runs.get(key) ?? { system: system.name, operation: name, clients, rounds: [] };
    run.rounds.push(measured);
    runs.set(key, run);
    say(
      `${key} clients: ${measured.perSecond.toFixed(0)}/s p50 ${measured.p50Ms.toFixed(2)} ms p99 ${measured.p99Ms.toFixed(2)} ms, ${measured.errors} errors${measured.faults.length > 0 ? ` (${measured.faults.join('; ')})` : ''}`,
    );
  };
  const prepared: Prepared[] = [];
  for (const system of systems) prepared.push(await prepare(system));
  await fill(prepared, plan, note);
  calibration.push(calibrate());
  for (let round = 1; round <= plan.rounds; round++) {
    for (const { system, flat, tree } of prepared) {
      const address = await system.leader();
      const spread = (n: number) => keyName((n * 7919) % plan.keys);
      const measured = async (what: Operation, load: Partial<Load>) => {
        const { clients = 1, ...rest } = load;
        note(
          system,
          what.name,
          clients,
          await drive(what, { warmUpMs: 500, measureMs: plan.measureMs, ...rest, clients }),
        );
      };
      await measured(readKey(address, flat, spread), { clients: CLIENTS });
      await measured(readKey(address, flat, spread), {});
      await measured(listPage(address, flat, spread), {});
      await measured(renameDirectory(address, tree, EMPTY), { calls: RENAMES });
      await measured(renameDirectory(address, tree, FULL), { calls: RENAMES });
    }
    calibration.push(calibrate());
  }
  return {
    keys: plan.keys,
    calibration,
    rows: [...runs.values()].map(({ rounds, ...run }) => ({
      ...run,
      perSecond: median(rounds.map((r) => r.perSecond)),
      p50Ms: median(rounds.map((r) => r.p50Ms)),
      p99Ms: median(rounds.map((r) => r.p99Ms)),
      errors: rounds.reduce((sum, r) => sum + r.errors, 0),
    })),
  };
}

/** Names whose order is that of their numbers. */
function keyName(n: number): string {
  return `key-${String(n).padStart(8, '0')}`;
}

async function prepare(system: OmSystem): Promise<Prepared> {
  const volumeName = `bench-${Date.now().toString(36)}-keys`;
  const flat = { volumeName, bucketName: 'flat' };
  const tree = { volumeName, bucketName: 'tree' };
  const address = await system.leader();
  const makings = [createVolume(flat), createBucket(flat, 'OBJECT_STORE'), createBucket(tree, 'FILE_SYSTEM_OPTIMIZED')];
  for (const body of makings) await once(operation('setup', address, () => body));
  await once(writeKey(address, tree, () => `${EMPTY}/only`));
  return { system, flat, tree };
}

async function once(what: Operation): Promise<void> {
  const { errors, faults } = await drive(what, { clients: 1, calls: 1, warmUpMs: 0, measureMs: 0 });
  if (errors > 0) throw new Error(`${what.name}: ${faults.join('; ')}`);
}

/** Fills both buckets, in turns, so that a change of the machine's mood meets every system. */
async function fill(
  prepared: readonly Prepared[],
  { keys }: NamespacePlan,
  note: (system: OmSystem, name: string, clients: number, measured: Measured) => void,
): Promise<void> {
  const turn = Math.ceil(keys / 5);
  for (let from = 0; from < keys; from += turn) {
    for (const { system, flat, tree } of prepared) {
      const address = await system.leader();
      const calls = Math.min(turn, keys - from);
      const places = [
        { place: flat, name: (n: number) => keyName(n), called: 'create and commit' },
        { place: tree, name: (n: number) => `${FULL}/${keyName(n)}`, called: 'create and commit, tree' },
      ];
      for (const { place, name, called } of places) {
        // The generator's own numbers go on from run to run; the keys are numbered here.
        let next = from;
        const numbers = new Map<number, number>();
        const numberOf = (n: number) => {
          const known = numbers.get(n) ?? next++;
          numbers.set(n, known);
          return known;
        };
        const what = writeKey(address, place, (n) => name(numberOf(n)));
        const measured = await drive(what, { clients: CLIENTS, calls, warmUpMs: 0, measureMs: 0 });
        if (measured.errors > 0) throw new Error(`${system.name}: ${measured.faults.join('; ')}`);
        note(system, called, CLIENTS, measured);
      }
    }
  }
}
