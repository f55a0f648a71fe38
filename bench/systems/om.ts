/**
 * An OM cluster behind one of the kit's targets: the bundled reference or real Apache Ozone. EchoRPC with
 * `readOnly=false` is a Raft write without a change of state; CreateVolume is one with.
 */
import { hadoop } from '#proto';
import { awaitLeader } from '../../kit/run/leader.js';
import type { Target } from '../../kit/targets/target.js';
import { createOmClient } from '../../kit/wire/client.js';
import type { Operation } from '../caller.js';
import { prepareWith } from '../generator.js';
import { createVolume, echoWrite, encoded, omOperation } from '../om-operation.js';
import type { System } from './system.js';

type Hint = 'LINEARIZABLE_LEADER_ONLY' | 'LINEARIZABLE_ALLOW_FOLLOWER';

/** Upstream allows 1,024 by default. */
const VOLUMES_OF_ONE_OWNER = 500;
export class OmSystem implements System {
  readonly description: string;
  /** For what only an OM has: stages, control service, processes of its nodes. */
  readonly target: Target;
  /** Makes volume names of this run unlike those of another. */
  readonly #run = Date.now().toString(36).slice(-5);
  readonly #readVolume = `bench-${this.#run}-read`;

  constructor(
    readonly name: string,
    target: Target,
  ) {
    this.target = target;
    this.description = `${target.identity.project} ${target.identity.version}, three members`;
  }

  start(): Promise<void> {
    return this.target.start();
  }

  async operations(): Promise<readonly Operation[]> {
    const address = await this.leader();
    const volume = (n: number) =>
      createVolume(`bench-${this.#run}-${n}`, `bench-${Math.floor(n / VOLUMES_OF_ONE_OWNER)}`);
    return [echoWrite(address), omOperation('create-volume', address, (n) => encoded(volume(n)))];
  }

  async prepareReads(): Promise<void> {
    await this.target.enterStage('read-consistency');
    const volume = () => encoded(createVolume(this.#readVolume, 'bench'));
    await prepareWith(omOperation('the volume that is read', await this.leader(), volume));
  }

  async reads(): Promise<readonly Operation[]> {
    const leader = await this.leader();
    const follower = this.target.nodes.find(({ address }) => address !== leader)?.address ?? leader;
    const request = (hint: Hint) =>
      encoded({
        cmdType: hadoop.ozone.Type.InfoVolume,
        infoVolumeRequest: { volumeName: this.#readVolume },
        readConsistencyHint: { readConsistency: hadoop.ozone.ReadConsistencyProto[hint] },
      });
    const atLeader = request('LINEARIZABLE_LEADER_ONLY');
    const atFollower = request('LINEARIZABLE_ALLOW_FOLLOWER');
    return [
      omOperation('linearizable read, leader', leader, () => atLeader),
      omOperation('linearizable read, follower', follower, () => atFollower),
    ];
  }

  processIds(): readonly number[] {
    return [...(this.target.processIds?.().values() ?? [])];
  }

  stop(): Promise<void> {
    return this.target.stop();
  }

  /** Address of the node that accepts writes now. */
  async leader(): Promise<string> {
    const { nodes, budgets } = this.target;
    const client = createOmClient({ nodes, callMs: budgets.callMs, clientId: 'bench', transcript: undefined });
    try {
      const ids = nodes.map(({ id }) => id);
      const leader = await awaitLeader(client, ids, budgets.clusterStartMs);
      const node = nodes.find(({ id }) => id === leader);
      if (node === undefined) throw new Error(`${this.name} has no node ${leader}; it has ${ids.join(', ')}`);
      return node.address;
    } finally {
      client.close();
    }
  }
}
