/**
 * Who is who: node ids as people write them, member ids as consensus counts them, and where each node is reached. The nodes of
 * a cluster are numbered in the order of their ids, so that every node numbers them alike.
 *
 * A member id belongs to one replica of one group and is never used again (design §4.19). It holds the number of its node and,
 * above that, the log position after which the replica was admitted: positions only grow, so no two admissions give one id, and
 * nobody has to remember which ids were used. Founders were admitted after position 0.
 */
export interface Member {
  /** 1 … 2^53−1. */
  readonly id: number;
  readonly node: string;
  /** host:port of the node-to-node service. */
  readonly address: string;
}

/** Node numbers are below it. */
const NODES = 4096;

export function memberId(nodeNumber: number, admittedAfter: number): number {
  return admittedAfter * NODES + nodeNumber;
}

export function nodeNumber(member: number): number {
  return member % NODES;
}

export function admittedAfter(member: number): number {
  return Math.floor(member / NODES);
}

export class Members {
  readonly #byNumber: ReadonlyMap<number, Member>;
  readonly #byNode: ReadonlyMap<string, Member>;

  private constructor(
    /** Every named node, as the founder that it may have been. */
    readonly all: readonly Member[],
  ) {
    this.#byNumber = new Map(all.map((member) => [member.id, member]));
    this.#byNode = new Map(all.map((member) => [member.node, member]));
  }

  static number(addresses: ReadonlyMap<string, string>): Members {
    const nodes = [...addresses].sort(([a], [b]) => (a < b ? -1 : 1));
    return new Members(nodes.map(([node, address], at) => ({ id: memberId(at + 1, 0), node, address })));
  }

  /** The member with that id, on whichever node it is. */
  byId(id: number): Member | undefined {
    const founder = this.#byNumber.get(nodeNumber(id));
    return founder && { ...founder, id };
  }

  byNode(node: string): Member | undefined {
    return this.#byNode.get(node);
  }

  /** Node ids of members, in their order. */
  nodesOf(ids: readonly number[]): string[] {
    return ids.map((id) => this.byId(id)?.node ?? `member ${id}`);
  }
}

/** Without the port, and without the brackets of IPv6. */
export function hostOf(address: string): string {
  return address.slice(0, address.lastIndexOf(':')).replace(/^\[|\]$/g, '');
}
