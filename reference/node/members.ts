/**
 * Who is who: node ids as people write them, member ids as consensus counts them, and where each node is reached. The
 * members of a new cluster are numbered in the order of their node ids, so that every node numbers them alike.
 */
export interface Member {
  /** 1 … 2^53−1. */
  readonly id: number;
  readonly node: string;
  /** host:port of the node-to-node service. */
  readonly address: string;
}

export class Members {
  readonly #byId: ReadonlyMap<number, Member>;
  readonly #byNode: ReadonlyMap<string, Member>;

  private constructor(readonly all: readonly Member[]) {
    this.#byId = new Map(all.map((member) => [member.id, member]));
    this.#byNode = new Map(all.map((member) => [member.node, member]));
  }

  static number(addresses: ReadonlyMap<string, string>): Members {
    const nodes = [...addresses].sort(([a], [b]) => (a < b ? -1 : 1));
    return new Members(nodes.map(([node, address], at) => ({ id: at + 1, node, address })));
  }

  byId(id: number): Member | undefined {
    return this.#byId.get(id);
  }

  byNode(node: string): Member | undefined {
    return this.#byNode.get(node);
  }
}

/** Without the port, and without the brackets of IPv6. */
export function hostOf(address: string): string {
  return address.slice(0, address.lastIndexOf(':')).replace(/^\[|\]$/g, '');
}
