/**
 * Asks the OMs what they would answer a client now: a write that changes nothing (EchoRPC through Raft), and a linearizable
 * read. What the answers amount to is decided in `settled.ts`.
 */
import { connect } from 'node:net';
import { hadoop } from '#proto';
import { type ClosableOmClient, createOmClient } from '../../wire/client.js';
import { echoWrite } from '../../wire/requests.js';
import { TranscriptLog } from '../../wire/transcript-log.js';
import { addressOf, type Layout, OM_IDS, type OmId } from './layout.js';
import { type Standing, standingOf } from './settled.js';

const { Type } = hadoop.ozone;
const PROBE_MS = 5000;
/** Made by the OMs themselves at their first start; that it may be missing does not matter here. */
const VOLUME = 's3v';

export class OzoneProbe {
  readonly #client: ClosableOmClient;

  constructor(layout: Layout) {
    this.#client = createOmClient({
      nodes: OM_IDS.map((id) => ({ id, address: addressOf(layout, id) })),
      callMs: PROBE_MS,
      clientId: 'om-conformance-launcher',
      // Not the run's own: these calls belong to no scenario.
      transcript: new TranscriptLog(),
    });
  }

  async write(om: OmId): Promise<Standing> {
    return standingOf(await this.#client.call(om, echoWrite));
  }

  async writes(oms: readonly OmId[]): Promise<ReadonlyMap<OmId, Standing>> {
    return new Map(await Promise.all(oms.map(async (om) => [om, await this.write(om)] as const)));
  }

  /** Undefined when the node answered a read that any node may serve; otherwise why it did not. */
  async read(om: OmId): Promise<string | undefined> {
    const outcome = await this.#client.call(
      om,
      { cmdType: Type.InfoVolume, infoVolumeRequest: { volumeName: VOLUME } },
      { hint: 'LINEARIZABLE_ALLOW_FOLLOWER' },
    );
    return outcome.kind === 'answered' ? undefined : `${om} does not serve a linearizable read: ${outcome.details}`;
  }

  close(): void {
    this.#client.close();
  }
}

/** Undefined when something accepts connections on the port. */
export function listens(port: number, who: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(undefined);
    });
    socket.once('error', () => {
      socket.destroy();
      resolve(`${who} does not listen on port ${port}`);
    });
  });
}
