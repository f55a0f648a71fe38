/**
 * A connection to a node that breaks when it is told to: calls that are open on it end for both sides without a word, as where the
 * client's process or its network is gone. gRPC takes its leave of a node whatever it does, so the bytes pass a relay on this
 * machine, which does not.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { NodeConnection } from './connection.js';
import type { Tls } from './tls.js';

export class FrailConnection {
  private constructor(
    readonly connection: NodeConnection,
    private readonly relay: Server,
    private readonly sockets: ReadonlySet<Socket>,
  ) {}

  /** @param address host:port of the node */
  static async open(address: string, tls: Tls | undefined): Promise<FrailConnection> {
    const { host, port } = placeOf(address);
    const sockets = new Set<Socket>();
    const relay = createServer({ noDelay: true }, (near) => {
      const far = connect({ host, port, noDelay: true });
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(one);
        one.pipe(other);
        // What ends one side, an error too, ends the other.
        one.on('error', () => other.destroy());
        one.on('close', () => {
          sockets.delete(one);
          other.destroy();
        });
      }
    });
    relay.listen(0, '127.0.0.1');
    await once(relay, 'listening');
    const own = `127.0.0.1:${(relay.address() as AddressInfo).port}`;
    const named = tls && { ...tls, serverName: tls.serverName ?? host };
    return new FrailConnection(new NodeConnection(own, named), relay, sockets);
  }

  /** Nothing more passes, either way, and nobody can connect anew. */
  break(): void {
    this.relay.close();
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  close(): void {
    this.connection.close();
    this.break();
  }
}

function placeOf(address: string): { readonly host: string; readonly port: number } {
  const at = address.lastIndexOf(':');
  return { host: address.slice(0, at).replace(/^\[(.*)\]$/, '$1'), port: Number(address.slice(at + 1)) };
}
