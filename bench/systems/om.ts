/**
 * An OM cluster behind one of the kit's targets: the bundled reference or real Apache Ozone. EchoRPC with
 * `readOnly=false` is a Raft write without a change of state; CreateVolume is one with.
 */
import { Client, credentials } from '@grpc/grpc-js';
import { hadoop } from '#proto';
import type { Target } from '../../kit/targets/target.js';
import type { Operation } from '../generator.js';
import { type System, VALUE_BYTES } from './system.js';

const { OMRequest, OMResponse, Status, Type } = hadoop.ozone;
const PATH = '/hadoop.ozone.OzoneManagerService/submitRequest';
const PAYLOAD = Buffer.alloc(VALUE_BYTES, 0x61);
/** Upstream allows 1,024 by default. */
const VOLUMES_OF_ONE_OWNER = 500;
const ECHO_WRITE = OMRequest.encode({
  cmdType: Type.EchoRPC,
  clientId: 'bench',
  version: 3,
  EchoRPCRequest: { payloadReq: PAYLOAD, payloadSizeResp: 0, readOnly: false },
}).finish();

export class OmSystem implements System {
  readonly description: string;
  readonly #target: Target;
  /** Makes volume names of this run unlike those of another. */
  readonly #run = Date.now().toString(36).slice(-5);

  constructor(
    readonly name: string,
    target: Target,
  ) {
    this.#target = target;
    this.description = `${target.identity.project} ${target.identity.version}, three members`;
  }

  start(): Promise<void> {
    return this.#target.start();
  }

  async operations(): Promise<readonly Operation[]> {
    const address = await this.leader();
    const echo: Operation = {
      name: 'echo-write',
      address,
      path: PATH,
      request: () => ECHO_WRITE,
      fault: statusFault,
    };
    const volume: Operation = {
      name: 'create-volume',
      address,
      path: PATH,
      request: (n) =>
        OMRequest.encode({
          cmdType: Type.CreateVolume,
          clientId: 'bench',
          version: 3,
          createVolumeRequest: {
            volumeInfo: {
              adminName: 'bench',
              ownerName: `bench-${Math.floor(n / VOLUMES_OF_ONE_OWNER)}`,
              volume: `bench-${this.#run}-${n}`,
            },
          },
        }).finish(),
      fault: statusFault,
    };
    return [echo, volume];
  }

  processIds(): readonly number[] {
    return [...(this.#target.processIds?.().values() ?? [])];
  }

  stop(): Promise<void> {
    return this.#target.stop();
  }

  /** Address of the node that accepts writes now. */
  async leader(): Promise<string> {
    const deadline = performance.now() + this.#target.budgets.clusterStartMs;
    for (;;) {
      for (const node of this.#target.nodes) if (await accepts(node.address)) return node.address;
      if (performance.now() > deadline) throw new Error(`${this.name}: no node accepts a write`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function statusFault(answer: Buffer): string | undefined {
  const { status, message } = OMResponse.decode(answer);
  return status === Status.OK ? undefined : `${Status[status]}: ${message}`;
}

function accepts(address: string): Promise<boolean> {
  const client = new Client(address, credentials.createInsecure());
  return new Promise((resolve) => {
    client.makeUnaryRequest<Uint8Array, Buffer>(
      PATH,
      (bytes) => Buffer.from(bytes),
      (bytes) => bytes,
      ECHO_WRITE,
      { deadline: Date.now() + 5000 },
      (error, answer) => {
        client.close();
        resolve(error === null && answer !== undefined && statusFault(answer) === undefined);
      },
    );
  });
}
