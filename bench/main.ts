#!/usr/bin/env node
/** `npm run bench`: measures the reference beside etcd and real Apache Ozone, prints a table, records it when asked. */
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import { explainError } from '../kit/report/error-text.js';
import { openTarget } from '../kit/targets/open.js';
import { BASELINE_FILE, record, type Section, thisMachine } from './baseline.js';
import { type FollowerReadsResult, measureFollowerReads } from './follower-reads/section.js';
import { measureNamespace, type NamespaceResult } from './namespace.js';
import { MOST_CLIENTS, printFollowerReads, printRows, printWrites } from './print.js';
import { measureReads, type ReadsResult } from './reads.js';
import { EtcdSystem } from './systems/etcd.js';
import { OmSystem } from './systems/om.js';
import type { System } from './systems/system.js';
import { measureWrites, type WritesResult } from './writes.js';

const SYSTEMS = ['reference', 'etcd', 'apache-ozone'] as const;
const APACHE_OZONE = fileURLToPath(new URL('../../bench/systems/apache-ozone.target.yaml', import.meta.url));
type SystemName = (typeof SYSTEMS)[number];

const SECTIONS = ['writes', 'reads', 'namespace', 'follower-reads'] as const;
type SectionName = (typeof SECTIONS)[number];
interface Options {
  readonly only: readonly SystemName[];
  readonly sections: readonly SectionName[];
  readonly keys: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly record: boolean;
}

function listOf<T extends string>(what: string, known: readonly T[]): (text: string) => T[] {
  return (text) =>
    text.split(',').map((name) => {
      const found = known.find((one) => one === name);
      if (found === undefined) throw new InvalidArgumentError(`${what} are ${known.join(', ')}.`);
      return found;
    });
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('A whole number from 1 is needed.');
  return value;
}

async function open(name: SystemName): Promise<System> {
  if (name === 'etcd') return new EtcdSystem();
  return new OmSystem(name, await openTarget(name === 'apache-ozone' ? APACHE_OZONE : name));
}

function keep(name: SectionName, result: WritesResult | NamespaceResult | ReadsResult | FollowerReadsResult): void {
  const measuredOn = new Date().toISOString().slice(0, 10);
  const section: Section = { measuredOn, machine: thisMachine(), ...result };
  record(name, section);
  console.log(`recorded in ${BASELINE_FILE}`);
}

const program = new Command('bench')
  .description(
    'Measures the reference beside a three-member etcd (writes, reads) and real Apache Ozone (all sections but ' +
      'follower-reads, which the reference alone has) in one run.',
  )
  .option('--only <systems>', `comma-separated: ${SYSTEMS.join(', ')}`, listOf('Systems', SYSTEMS), [...SYSTEMS])
  .option('--sections <names>', `comma-separated: ${SECTIONS.join(', ')}`, listOf('Sections', SECTIONS), [...SECTIONS])
  .option('--keys <n>', 'keys of the bucket that is listed and of the directory that is renamed', positive, 100_000)
  .option('--rounds <n>', 'rounds in which every system is driven', positive, 3)
  .option('--seconds <n>', 'measured seconds of each operation and round', positive, 5)
  .option('--record', 'write the result to bench/baseline.json', false)
  .option('--debug', 'print stack traces of errors', false)
  .action(async (options: Options) => {
    const systems: System[] = [];
    const started: System[] = [];
    const stopAll = async () => {
      for (const system of started.splice(0).reverse()) await system.stop();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => void stopAll().finally(() => process.exit(128 + constants.signals[signal])));
    }
    try {
      for (const name of options.only) systems.push(await open(name));
      for (const system of systems) {
        console.log(`starting ${system.name}`);
        started.push(system);
        await system.start();
        console.log(`  ${system.description}`);
      }
      const say = (line: string) => console.log(line);
      const plan = { rounds: options.rounds, measureMs: options.seconds * 1000 };
      if (options.sections.includes('writes')) {
        const result = await measureWrites(systems, { ...plan, warmUpMs: 2000, clients: [1, MOST_CLIENTS] }, say);
        printWrites(result);
        if (options.record) keep('writes', result);
      }
      if (options.sections.includes('reads')) {
        const result = await measureReads(systems, { ...plan, clients: [1, MOST_CLIENTS] }, say);
        printRows(result);
        if (options.record) keep('reads', result);
      }
      if (options.sections.includes('namespace')) {
        const oms = systems.filter((system) => system instanceof OmSystem);
        const result = await measureNamespace(oms, { ...plan, keys: options.keys }, say);
        printRows(result);
        if (options.record) keep('namespace', result);
      }
      if (options.sections.includes('follower-reads')) {
        for (const result of await measureFollowerReads(systems, plan, say)) {
          printFollowerReads(result);
          if (options.record) keep('follower-reads', result);
        }
      }
    } finally {
      await stopAll();
    }
  });

try {
  await program.parseAsync();
} catch (error) {
  const { text, exit } = explainError(error, program.opts<{ debug?: boolean }>().debug === true);
  console.error(text);
  process.exitCode = exit;
}
