/**
 * Keys, listings and directories of OM clusters, measured side by side: writes of a key, reads of one, pages of a large bucket,
 * and renames of directories that hold nothing and very much.
 */
import { type Calibration, calibrate } from './calibration.js';
import { drive, type Load, type Measured, type Operation } from './generator.js';
import { createBucket, listPage, type Place, readKey, renameDirectory, writeKey } from './namespace-calls.js';
import { createVolume, encoded, omOperation } from './om-operation.js';
import { Rounds, type Row } from './rounds.js';
import type { OmSystem } from './systems/om.js';

export interface NamespacePlan {
  /** Keys of the bucket that is listed, and of the directory that is renamed. */
  readonly keys: number;
  readonly rounds: number;
  readonly measureMs: number;
}

export interface NamespaceResult {
  readonly keys: number;
  readonly rows: readonly Row[];
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
  const rounds = new Rounds();
  const note = (system: OmSystem, operation: string, clients: number, measured: Measured) =>
    say(rounds.note({ system: system.name, operation, clients }, measured));
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
  return { keys: plan.keys, rows: rounds.rows(), calibration };
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
  const makings = [
    createVolume(volumeName, 'bench'),
    createBucket(flat, 'OBJECT_STORE'),
    createBucket(tree, 'FILE_SYSTEM_OPTIMIZED'),
  ].map(encoded);
  for (const request of makings) await once(omOperation('setup', address, () => request));
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
        { place: flat, name: keyName, called: 'create and commit' },
        { place: tree, name: (n: number) => `${FULL}/${keyName(n)}`, called: 'create and commit, tree' },
      ];
      for (const { place, name, called } of places) {
        const what = writeKey(address, place, name);
        const measured = await drive(what, { clients: CLIENTS, calls, first: from, warmUpMs: 0, measureMs: 0 });
        if (measured.errors > 0) throw new Error(`${system.name}: ${measured.faults.join('; ')}`);
        note(system, called, CLIENTS, measured);
      }
    }
  }
}
