/**
 * Which nodes the cluster has and which ports each of them listens on, all counted from one base port. Whether the ports
 * are free is asked in `free-ports.ts`.
 */

/** Ports from `base` to `base + PORT_SPAN - 1` belong to the cluster; some of them stay unused. */
export const PORT_SPAN = 34;

export const SCM = 'scm';
export const OM_IDS = ['om1', 'om2', 'om3'] as const;
export type OmId = (typeof OM_IDS)[number];
export type NodeName = typeof SCM | OmId;

export interface ScmPorts {
  readonly client: number;
  readonly block: number;
  readonly datanode: number;
  readonly security: number;
  readonly ratis: number;
  readonly grpc: number;
}

export interface OmPorts {
  readonly rpc: number;
  readonly http: number;
  readonly ratis: number;
  readonly grpc: number;
}

export interface Layout {
  readonly basePort: number;
  readonly scm: ScmPorts;
  readonly oms: Readonly<Record<OmId, OmPorts>>;
}

export function layoutOf(basePort: number): Layout {
  const om = (first: number): OmPorts => ({ rpc: first, http: first + 1, ratis: first + 2, grpc: first + 3 });
  return {
    basePort,
    scm: {
      client: basePort,
      block: basePort + 1,
      datanode: basePort + 2,
      security: basePort + 3,
      ratis: basePort + 5,
      grpc: basePort + 6,
    },
    oms: { om1: om(basePort + 10), om2: om(basePort + 20), om3: om(basePort + 30) },
  };
}

/** Where the gRPC service of an OM is. */
export function addressOf(layout: Layout, om: OmId): string {
  return `127.0.0.1:${layout.oms[om].grpc}`;
}

export interface PortUse {
  readonly port: number;
  readonly node: NodeName;
  /** For messages, e.g. `om2 ratis`. */
  readonly use: string;
}

/** Every port that the cluster listens on, with what for. */
export function portsOf(layout: Layout): readonly PortUse[] {
  const named = (node: NodeName, ports: ScmPorts | OmPorts): PortUse[] =>
    Object.entries(ports).map(([use, port]) => ({ port, node, use: `${node} ${use}` }));
  return [...named(SCM, layout.scm), ...OM_IDS.flatMap((om) => named(om, layout.oms[om]))];
}
