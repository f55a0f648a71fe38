/**
 * `om-reference node`: runs one node in the foreground. Once it serves it prints one line of JSON with its addresses; its log
 * goes to standard error. SIGTERM and SIGINT end it in good order.
 */
import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { Command } from 'commander';
import { startNode } from '../node/compose.js';
import type { Node } from '../node/node.js';
import { lineLog } from '../node/node-log.js';
import { address, folder, nodeId, peers, setting } from './arguments.js';
import { failureOf, failureText } from './report-failure.js';

interface NodeArguments {
  readonly id: string;
  readonly data: string;
  readonly cluster: string;
  readonly peers: ReadonlyMap<string, string>;
  readonly listen: string;
  readonly control?: string;
  readonly controlBeyondLoopback?: true;
  readonly set: Readonly<Record<string, string>>;
}

export function addNodeCommand(program: Command): void {
  program
    .command('node')
    .description('run one node in the foreground')
    .requiredOption('--id <id>', 'id of this node, one of --peers', nodeId)
    .requiredOption('--data <dir>', "the node's own data directory; made if it is absent", folder)
    .requiredOption('--cluster <id>', 'id of the cluster; a data directory belongs to one', nodeId)
    .requiredOption(
      '--peers <list>',
      'all nodes with the addresses they reach each other at: om1=host:port,om2=…',
      peers,
    )
    .requiredOption('--listen <host:port>', 'address of the Ozone Manager service; port 0 = any', address)
    .option('--control <host:port>', 'open the control service, a door for tests, on this loopback address', address)
    .option(
      '--control-beyond-loopback',
      'let --control be any address: whoever reaches it may stop and change the node; for a container on a network of its own',
    )
    .option(
      '--set <key=value>',
      'a configuration key, repeatable; one configured over the control service wins',
      setting,
      {},
    )
    .action(async (options: NodeArguments) => {
      await runNode(options, program.opts<{ debug?: boolean }>().debug === true);
    });
}

async function runNode(options: NodeArguments, debug: boolean): Promise<void> {
  // The consensus core runs on V8's quick compiler: the optimising one takes 45 MB a node more for 2 µs an entry.
  setFlagsFromString('--liftoff-only');
  const log = lineLog(
    (line) => process.stderr.write(line),
    () => new Date(),
    options.id,
  );
  const end = (error: unknown): never => {
    process.stderr.write(failureText(error, debug));
    process.exit(failureOf(error).exitCode);
  };
  process.on('uncaughtException', end);
  const node = await startNode({
    id: options.id,
    cluster: options.cluster,
    dataDirectory: resolve(options.data),
    peers: options.peers,
    listen: options.listen,
    control: options.control,
    controlBeyondLoopback: options.controlBeyondLoopback === true,
    settings: options.set,
    processUser: userInfo().username,
    log,
    // What consensus or storage cannot survive, the process does not: it starts again from its log.
    onFatal: end,
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(node).catch(end));
  const { om, peer, control } = node.addresses;
  process.stdout.write(
    `${JSON.stringify({ node: options.id, om, peer, ...(control === undefined ? {} : { control }) })}\n`,
  );
}

async function stop(node: Node): Promise<void> {
  await node.stop();
  process.exit(0);
}
