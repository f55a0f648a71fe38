/** A network inside one process, for tests: messages arrive in a later turn of the event loop, files are copied. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NewPeerNetwork, PeerNetworkOptions } from '../peer-port.js';

interface Attached {
  readonly options: PeerNetworkOptions;
  readonly deafTo: Set<string>;
  readonly muteTo: Set<string>;
}

export class MemoryNetwork {
  readonly #attached = new Map<string, Attached>();
  #files = 0;

  /** To be given to nodes as their network. */
  readonly join: NewPeerNetwork = async (options) => {
    const own: Attached = { options, deafTo: new Set(), muteTo: new Set() };
    const { node } = options.self;
    this.#attached.set(node, own);
    const others = () => options.members.all.filter((member) => member.node !== node);
    const reach = (id: number): Attached | undefined => {
      const to = options.members.byId(id)?.node ?? '';
      const target = this.#attached.get(to);
      const cut = own.muteTo.has(to) || (target?.deafTo.has(node) ?? true);
      return cut || this.#attached.get(node) !== own ? undefined : target;
    };
    return {
      send: (group, messages) => {
        for (const { to, bytes, commit = 0 } of messages) {
          setImmediate(() => {
            const target = reach(to);
            if (target === undefined) return;
            target.options.onMessage(group, to, node, bytes, commit);
          });
        }
      },
      flush: () => undefined,
      sendSnapshot: async ({ group, message, point, snapshot }) => {
        const target = reach(message.to);
        if (target === undefined) throw new Error('not reached');
        const path = join(target.options.receivingDirectory, `${this.#files++}`);
        copyFileSync(snapshot.path, path);
        const { bytes } = message;
        await target.options.onSnapshot({ group, from: node, index: point.index, path, message: bytes });
      },
      standing: async (other, group, directory) => {
        const target = reach(other.id);
        if (target === undefined) throw new Error('not reached');
        return await target.options.onStanding(group, options.self, directory);
      },
      isolate: (from, direction) => {
        for (const name of from.length > 0 ? from : others().map((member) => member.node)) {
          if (direction !== 'outbound') own.deafTo.add(name);
          if (direction !== 'inbound') own.muteTo.add(name);
        }
      },
      heal: () => {
        own.deafTo.clear();
        own.muteTo.clear();
      },
      counters: () => new Map(),
      close: async () => {
        if (this.#attached.get(node) === own) this.#attached.delete(node);
      },
    };
  };
}
