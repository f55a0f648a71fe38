/**
 * Keys, listings and directories of OM clusters, measured side by side: writes of a key, reads of one, pages of a large bucket,
 * and renames of directories that hold nothing and very much.
 */
import { EnvironmentError } from '../kit/failure.js';
import { type Calibration, calibrate } from './calibration.js';
import type { Operation } from './caller.js';
import { drive, type Load, type Measured, prepareWith } from './generator.js';
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
  await fill(prepared, plan, note, say);
  calibration.push(calibrate());
  for (let round = 1; round <= plan.rounds; round++) {
    for (const { system, flat, tree } of prepared) {
      const spread = (n: number) => keyName((n * 7919) % plan.keys);
      const measured = async (of: (address: string) => Operation, load: Partial<Load>) => {
        const { clients = 1, ...rest } = load;
        // Asked each time: what one load made of the leader is not the next one's.
        const what = of(await system.leader());
        note(
          system,
          what.name,
          clients,
          await drive(what, { warmUpMs: 500, measureMs: plan.measureMs, ...rest, clients }),
        );
      };
      await measured((address) => readKey(address, flat, spread), { clients: CLIENTS });
      await measured((address) => readKey(address, flat, spread), {});
      await measured((address) => listPage(address, flat, spread), {});
      await measured((address) => renameDirectory(address, tree, EMPTY), { calls: RENAMES });
      await measured((address) => renameDirectory(address, tree, FULL), { calls: RENAMES });
    }
    calibration.push(calibrate());
  }
  return { keys: plan.keys, rows: rounds.rows(), calibration };
}

/** A leader that stands down under the load leaves keys unwritten: they are written again, all of that turn. */
const MAX_TURNS = 4;
const LEADER_LOST = /OMNotLeaderException|OMLeaderNotReadyException/;

/** @throws EnvironmentError GIVEN_NOT_MET where a call failed for another reason, or no leader stays */
async function underOneLeader(
  drive: () => Promise<Measured>,
  name: string,
  say: (line: string) => void,
): Promise<Measured> {
  for (let turn = 1; ; turn++) {
    const measured = await drive();
    if (measured.errors === 0) return measured;
    const faults = measured.faults.join('; ');
    if (turn === MAX_TURNS || !measured.faults.every((fault) => LEADER_LOST.test(fault))) {
      throw new EnvironmentError('GIVEN_NOT_MET', `${name} does not take the keys that are measured: ${faults}`);
    }
    say(`${name}: the leader changed under the load, ${measured.errors} calls were refused; this turn is driven again`);
  }
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
  for (const request of makings) await prepareWith(omOperation('setup', address, () => request));
  await prepareWith(writeKey(address, tree, () => `${EMPTY}/only`));
  return { system, flat, tree };
}

/** Fills both buckets, in turns, so that a change of the machine's mood meets every system. */
async function fill(
  prepared: readonly Prepared[],
  { keys }: NamespacePlan,
  note: (system: OmSystem, name: string, clients: number, measured: Measured) => void,
  say: (line: string) => void,
): Promise<void> {
  const turn = Math.ceil(keys / 5);
  for (let from = 0; from < keys; from += turn) {
    for (const { system, flat, tree } of prepared) {
      const calls = Math.min(turn, keys - from);
      const places = [
        { place: flat, name: keyName, called: 'create and commit' },
        { place: tree, name: (n: number) => `${FULL}/${keyName(n)}`, called: 'create and commit, tree' },
      ];
      for (const { place, name, called } of places) {
        const load = { clients: CLIENTS, calls, first: from, warmUpMs: 0, measureMs: 0 };
        const drivenOnce = async () => await drive(writeKey(await system.leader(), place, name), load);
        note(system, called, CLIENTS, await underOneLeader(drivenOnce, system.name, say));
      }
    }
  }
}
