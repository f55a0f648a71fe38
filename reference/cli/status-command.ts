/** `om-reference status`: which processes of a cluster run, and who leads. Changes nothing. */
import type { Command } from 'commander';
import { type NodeRecord, readCluster } from './cluster-file.js';
import { directoryOf } from './directory.js';
import { OmProbe, type ProbeAnswer } from './om-probe.js';
import { isRunning } from './process-identity.js';

const ASK_MS = 3000;

interface NodeStatus {
  readonly id: string;
  readonly om: string;
  readonly control: string | undefined;
  readonly pid: number | undefined;
  readonly role: 'leader' | 'follower' | 'no answer' | 'stopped';
  readonly says: string;
}

export function addStatusCommand(program: Command): void {
  program
    .command('status')
    .description('show which nodes of a cluster run and who leads')
    .argument('[dir]', 'directory of the cluster')
    .option('--data <dir>', 'the same as the argument')
    .option('--json', 'one JSON object instead of a table')
    .action(async (dir: string | undefined, options: { data?: string; json?: boolean }) => {
      const directory = directoryOf(dir, options.data);
      const cluster = readCluster(directory);
      const nodes = await Promise.all(cluster.nodes.map(statusOf));
      process.stdout.write(
        options.json
          ? `${JSON.stringify({ cluster: cluster.cluster, nodes })}\n`
          : `cluster ${cluster.cluster} in ${directory}\n${nodes.map(line).join('')}`,
      );
    });
}

async function statusOf(node: NodeRecord): Promise<NodeStatus> {
  const { id, om, control } = node;
  if (node.process === undefined || !isRunning(node.process)) {
    return { id, om, control, pid: undefined, role: 'stopped', says: '' };
  }
  const probe = new OmProbe(om);
  try {
    const answer = await probe.leads(ASK_MS);
    return {
      id,
      om,
      control,
      pid: node.process.pid,
      role: roleOf(answer),
      says: answer.kind === 'leads' ? '' : answer.details,
    };
  } finally {
    probe.close();
  }
}

function roleOf(answer: ProbeAnswer): NodeStatus['role'] {
  switch (answer.kind) {
    case 'leads':
      return 'leader';
    case 'says':
      return 'follower';
    case 'silent':
      return 'no answer';
  }
}

function line({ id, om, control, pid, role, says }: NodeStatus): string {
  const fields = [
    id,
    role.padEnd(9),
    om,
    pid === undefined ? '' : `pid ${pid}`,
    control === undefined ? '' : `control ${control}`,
  ];
  return `  ${fields.filter((field) => field !== '').join('  ')}${says === '' ? '' : `\n      ${says}`}\n`;
}
