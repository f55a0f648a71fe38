/**
 * The shape of a target file (harness-contracts.md §1): what may stand in it, what it means and what is assumed where it is
 * silent. Reading a file is `file.ts`; acting on it is the kinds' own.
 */
import { z } from 'zod';
import { PROFILES, STAGES } from '../run/capability.js';

const NODE_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const HOST_PORT = /^(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?):(?:[1-9][0-9]{0,4})$/;

const text = z.string().min(1).max(500);
const ms = z.number().int().min(1).max(86_400_000);
const address = z
  .string()
  .regex(HOST_PORT, { error: 'host:port' })
  .refine((value) => Number(value.slice(value.lastIndexOf(':') + 1)) <= 65_535, { error: 'a port up to 65535' });
const nodeId = z.string().regex(NODE_ID, { error: 'letters, digits, dots, hyphens and underscores, 64 at most' });
const command = z.string().min(1).max(10_000);
/** Configuration keys or environment; numbers and booleans are taken as they are written. */
const keys = z.record(
  z.string().min(1).max(200),
  z.union([z.string().max(2000), z.number().transform(String), z.boolean().transform(String)]),
);

const identity = z
  .strictObject({
    organization: text,
    project: text,
    version: text,
    url: z.url().max(500),
    contact: text.describe('Who answers questions about this implementation: an address or a URL.'),
  })
  .describe('Who answers for the implementation. A report needs it.');

const tls = z
  .strictObject({
    ca: text.optional().describe('PEM file with the certificate authorities; without it, those that Node trusts.'),
    cert: text.optional().describe("PEM file with the kit's own certificate chain, for mutual TLS."),
    key: text.optional().describe('PEM file with the key of `cert`.'),
    serverName: text.optional().describe('Name in the server certificate, where it is not the host of the address.'),
  })
  .refine((value) => (value.cert === undefined) === (value.key === undefined), {
    error: '`cert` and `key` together, or neither',
  })
  .describe('Endpoints speak TLS. File names are relative to the target file.');

const budgetsWith = (own: {
  readonly nodeStartMs: number;
  readonly clusterStartMs: number;
  readonly heartbeatMs: number;
}) =>
  z
    .strictObject({
      callMs: ms.default(15_000).describe('One call, unless a step says otherwise.'),
      failoverMs: ms.default(10_000).describe('From the loss of a leader to the next accepted write (HA-8).'),
      nodeStartMs: ms.default(own.nodeStartMs).describe('From starting a node to its first answer.'),
      clusterStartMs: ms
        .default(own.clusterStartMs)
        .describe('From starting or reconfiguring a cluster to its first accepted write.'),
      writeTimeoutMs: ms
        .default(10_000)
        .describe('A write that cannot be carried out is refused within this time (HA-17).'),
      readTimeoutMs: ms
        .default(10_000)
        .describe(
          'A linearizable read that cannot be confirmed is refused within this time (RC-3), where the kit cannot configure the nodes.',
        ),
      waitTimeoutMs: ms
        .default(20_000)
        .describe(
          'A read that waits for the state that its client has seen is refused after this time (FR-QUEUE-5), where the kit cannot configure the nodes.',
        ),
      heartbeatMs: ms
        .default(own.heartbeatMs)
        .describe(
          'How often the leader of an idle cluster speaks to its followers: within two of these a follower shows a write (FR-GUAR-6).',
        ),
      eventuallyMs: ms.default(10_000).describe('For what must happen in the end, with no better number.'),
    })
    .prefault({})
    .describe('Time budgets in milliseconds, before `timeoutFactor`.');
const started = { nodeStartMs: 30_000, clusterStartMs: 60_000 };
const budgets = budgetsWith({ ...started, heartbeatMs: 500 });
/** The bundled cluster's own default. */
const referenceBudgets = budgetsWith({ ...started, heartbeatMs: 100 });
/** A Java server takes 4 to 16 s of CPU time to start, a cluster of four starts seven of them. */
const javaBudgets = budgetsWith({ nodeStartMs: 90_000, clusterStartMs: 240_000, heartbeatMs: 500 });

const timeoutFactor = z
  .number()
  .positive()
  .max(1000)
  .default(1)
  .describe('Multiplies every budget; above 1 for a slow machine or a debugger.');

const profiles = z.array(z.enum(PROFILES)).min(1).describe('Profiles that the implementation claims.');
const stages = z
  .array(z.enum(STAGES))
  .min(1)
  .describe(
    'Stages that the cluster can be judged in. Without a way to configure it: those that its configuration fits.',
  );

const hookTimeoutMs = ms.default(60_000).describe('Time that the command may take, before `timeoutFactor`.');
const hook = z.union([command, z.strictObject({ command, timeoutMs: hookTimeoutMs })]);
const undoableHook = z.strictObject({
  command,
  undo: command.describe('Takes the effect back: wakes the node, or heals its network.'),
  timeoutMs: hookTimeoutMs,
});

const isolateHook = undoableHook
  .optional()
  .describe('Cuts node {node} off from the other nodes; clients and the control service still reach it.');

const hooks = z
  .strictObject({
    'restart-node': hook
      .optional()
      .describe(
        'Starts node {node}, or stops and starts it. Where it does not start: ends with another code than 0, having printed its last words.',
      ),
    'kill-node': hook.optional().describe('Ends node {node} as kill -9 does. Needs `restart-node`.'),
    'freeze-node': undoableHook.optional().describe('Stops node {node} without ending it, as SIGSTOP does.'),
    'isolate-node': isolateHook,
    configure: hook
      .optional()
      .describe('Restarts the cluster with the keys of the properties file {file}, for stage {stage}.'),
  })
  .refine((value) => value['kill-node'] === undefined || value['restart-node'] !== undefined, {
    error: '`restart-node` beside `kill-node`, so that a killed node comes back',
  })
  .prefault({})
  .describe('Shell commands that act on a node, one per capability. They run in the folder of the target file.');

/** Where the kit starts and ends the nodes itself: the other hooks would act beside it. */
const configureHook = hook
  .optional()
  .describe(
    'Puts the keys of the properties file {file}, for stage {stage}, where the nodes read them. Called while they are down: the kit has stopped them, and starts them afterwards.',
  );
const processesHooks = z
  .strictObject({ 'isolate-node': isolateHook, configure: configureHook })
  .prefault({})
  .describe('Shell commands for what `commands` does not do. They run in the folder of the target file.');
const containersHooks = z
  .strictObject({ configure: configureHook })
  .prefault({})
  .describe('Shell commands for what the container engine does not do. They run in the folder of the target file.');

const logsFolder = text
  .optional()
  .describe(
    "Folder for the nodes' logs, relative to the target file; they stay there. Without it, they end with the run.",
  );

const node = z.union([
  address.describe('host:port of the OM gRPC service (8981 by default).'),
  z.strictObject({
    address: address.describe('host:port of the OM gRPC service (8981 by default).'),
    control: address.optional().describe('host:port of the control service that answers for this node.'),
    tls: tls.optional(),
  }),
]);

const nodes = z
  .record(nodeId, node)
  .refine((value) => Object.keys(value).length > 0, { error: 'at least one node' })
  .describe("The cluster's nodes: node id → endpoint.");

const endpoints = {
  nodes,
  control: address.optional().describe('Control service that answers for every node without one of its own.'),
  tls: tls.optional(),
};

const attach = z
  .strictObject({
    kind: z.literal('attach').default('attach'),
    identity,
    profiles,
    stages: stages.default(['plain']),
    ...endpoints,
    hooks,
    budgets,
    timeoutFactor,
  })
  .describe('A cluster that already runs. The kit only connects to it.');

const processes = z
  .strictObject({
    kind: z.literal('processes'),
    identity,
    profiles,
    stages: stages.default(['plain']),
    ...endpoints,
    commands: z
      .strictObject({
        start: command.describe(
          'Runs node {node}, which serves at {address}, in the foreground: when the command ends, the node has ended.',
        ),
        stop: command.optional().describe('Asks node {node} to end. Without it: SIGTERM to its process group.'),
        kill: command.optional().describe('Ends node {node} at once. Without it: SIGKILL to its process group.'),
        freeze: command.optional().describe('Without it: SIGSTOP to its process group.'),
        thaw: command.optional().describe('Without it: SIGCONT to its process group.'),
      })
      .refine((value) => (value.freeze === undefined) === (value.thaw === undefined), {
        error: '`freeze` and `thaw` together, or neither',
      }),
    env: keys.default({}).describe('Environment of commands and hooks, on top of the environment of the kit.'),
    logs: logsFolder,
    hooks: processesHooks,
    budgets,
    timeoutFactor,
  })
  .describe('A cluster whose nodes the kit starts and ends by commands.');

const port = z.number().int().min(1).max(65_535);
const containerCommand = z
  .array(z.string().max(10_000))
  .min(1)
  .optional()
  .describe(
    'Words of the command that the container runs; {node} stands for the node id. Without it: that of the image.',
  );
const mounts = z
  .array(
    z.strictObject({
      from: text.describe(
        'File or folder of this machine, relative to the target file; {node} stands for the node id.',
      ),
      to: z.string().regex(/^\//, { error: 'a path in the container that starts with /' }),
      writable: z.boolean().default(false).describe('Whether the container may change it.'),
    }),
  )
  .max(100);
const ports = z
  .strictObject({
    om: port.default(8981).describe('Of the OM gRPC service. It has to listen on all interfaces of the container.'),
    control: port.optional().describe('Of the control service, where there is one.'),
  })
  .describe('Ports in the container. On this machine they are free ones of loopback.');

const containers = z
  .strictObject({
    kind: z.literal('containers'),
    identity,
    profiles,
    stages: stages.default(['plain']),
    image: text.describe('Image of the nodes.'),
    pull: z
      .enum(['missing', 'never'])
      .default('missing')
      .describe('Whether to pull an image that the container engine does not have.'),
    command: containerCommand,
    env: keys.default({}).describe('Environment of the containers; {node} stands for the node id.'),
    ports: ports.prefault({}),
    mounts: mounts.default([]).describe('What the containers see of this machine.'),
    nodes: z
      .record(
        nodeId,
        z.strictObject({
          image: text.optional().describe('In place of the image of all.'),
          command: containerCommand.describe('In place of the command of all.'),
          env: keys.default({}).describe('On top of the environment of all.'),
          ports: ports.optional().describe('In place of the ports of all.'),
          mounts: mounts.default([]).describe('Beside the mounts of all.'),
        }),
      )
      .refine((value) => Object.keys(value).length > 0, { error: 'at least one node' })
      .refine((value) => Object.keys(value).length <= 100, { error: 'at most 100 nodes' })
      .describe(
        "The cluster's nodes: node id → what is different for it, `{}` for nothing. Under their ids the nodes reach each other.",
      ),
    logs: logsFolder,
    tls: tls.optional(),
    hooks: containersHooks,
    budgets,
    timeoutFactor,
  })
  .describe(
    'A cluster whose nodes the kit starts and ends as containers on the engine of this machine (Docker, Podman).',
  );

const reference = z
  .strictObject({
    kind: z.literal('reference'),
    identity: identity.optional(),
    profiles: profiles.default(['core', 'ha', 'read-consistency', 'follower-reads', 'leader-execution']),
    stages: stages.default(['plain', 'read-consistency', 'follower-reads']),
    nodes: z.number().int().min(1).max(7).default(3).describe('How many nodes.'),
    keys: keys.default({}).describe('Configuration keys on top of those of a stage.'),
    keep: z.boolean().default(false).describe('Keep the data directory when the cluster ends.'),
    budgets: referenceBudgets,
    timeoutFactor,
  })
  .describe('The bundled cluster: one process per node, on loopback.');

const apacheOzone = z
  .strictObject({
    kind: z.literal('apache-ozone'),
    identity: identity.optional(),
    profiles: profiles.default(['core', 'ha', 'read-consistency']),
    stages: stages.default(['plain', 'read-consistency']),
    version: z
      .string()
      .regex(/^[0-9A-Za-z][0-9A-Za-z.-]{0,63}$/, { error: 'a release, such as 2.2.0' })
      .default('2.2.0')
      .describe('Release of Apache Ozone.'),
    basePort: z
      .number()
      .int()
      .min(1024)
      .max(65_500)
      .optional()
      .describe('First of the 34 ports that belong to it. Without it: a place where they are free.'),
    heap: z
      .string()
      .regex(/^[1-9][0-9]*[mg]$/, { error: 'a Java heap size, such as 512m' })
      .default('512m')
      .describe('Heap of each Java process.'),
    compiler: z
      .enum(['quick', 'full'])
      .default('quick')
      .describe(
        '`quick` starts with less than half of the work, `full` is Java as it comes: for measuring throughput.',
      ),
    javaOptions: z.array(text).max(100).default([]).describe('Options for Java, after those of the launcher.'),
    keys: keys.default({}).describe('Configuration keys on top of those of a stage.'),
    keep: z.boolean().default(false).describe('Keep the data directory when the cluster ends.'),
    budgets: javaBudgets,
    timeoutFactor,
  })
  .describe('Real Apache Ozone from its published artifacts, on loopback.');

/** Schemas by kind. `attach` is meant where a file names none. */
export const TARGET_SCHEMAS = { attach, processes, containers, reference, 'apache-ozone': apacheOzone } as const;
export type TargetKind = keyof typeof TARGET_SCHEMAS;

export type AttachFile = z.output<typeof attach>;
export type ProcessesFile = z.output<typeof processes>;
export type ContainersFile = z.output<typeof containers>;
export type ReferenceFile = z.output<typeof reference>;
export type ApacheOzoneFile = z.output<typeof apacheOzone>;
export type TargetFile = AttachFile | ProcessesFile | ContainersFile | ReferenceFile | ApacheOzoneFile;
export type HookSpec = z.output<typeof hook>;
export type HooksSpec = z.output<typeof hooks>;
export type EndpointsSpec = Pick<AttachFile, 'nodes' | 'control' | 'tls'>;
export type TlsSpec = z.output<typeof tls>;
export type BudgetsSpec = z.output<typeof budgets>;

/** The published JSON Schema of target files (draft 2020-12), for editors and for `explain target`. */
export function targetJsonSchema(): object {
  const kinds = z.union([attach, processes, containers, reference, apacheOzone]);
  return {
    title: 'om-conformance target file',
    description: 'How the kit reaches an Ozone Manager cluster and acts on its nodes.',
    ...z.toJSONSchema(kinds, { io: 'input', reused: 'ref' }),
  };
}
