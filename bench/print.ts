/** What the bench found, as tables for people: figures beside what the machine could do then, and no judgement but of goals. */
import type { Calibration } from './calibration.js';
import { goalsOf, goalText } from './follower-reads/goals.js';
import type { FollowerReadsResult } from './follower-reads/section.js';
import type { NamespaceResult } from './namespace.js';
import { ratios } from './ratios.js';
import type { ReadsResult } from './reads.js';
import type { Row } from './rounds.js';
import type { WritesResult } from './writes.js';

/** Of the section `writes`; one client alone is measured too. */
export const MOST_CLIENTS = 64;

function printCalibration(calibration: readonly Calibration[]): void {
  for (const c of calibration) {
    console.log(
      `calibration: fsync p50 ${c.fsyncP50Ms.toFixed(2)} ms p99 ${c.fsyncP99Ms.toFixed(2)} ms, 32 MiB SHA-256 ${c.hashMs.toFixed(0)} ms, load ${c.load1.toFixed(2)}`,
    );
  }
}

export function printWrites(result: WritesResult): void {
  console.log('\n| system | operation | clients | writes/s | p50 ms | p99 ms | generator cores | errors |');
  console.log('|---|---|---|---|---|---|---|---|');
  for (const row of [...result.rows].sort((a, b) => a.clients - b.clients)) {
    console.log(
      `| ${row.system} | ${row.operation} | ${row.clients} | ${row.perSecond.toFixed(0)} | ${row.p50Ms.toFixed(2)} | ${row.p99Ms.toFixed(2)} | ${row.generatorCores.toFixed(2)} | ${row.errors} |`,
    );
  }
  for (const [system, mib] of Object.entries(result.residentMiB))
    console.log(`${system}: ${mib.toFixed(0)} MiB resident`);
  printCalibration(result.calibration);
  printRatios(result);
}

function printRatios({ rows }: { readonly rows: readonly Row[] }): void {
  const compared = ratios(rows, MOST_CLIENTS);
  if (compared.length > 0) console.log(`ratios at ${MOST_CLIENTS} clients: ${compared.join(', ')}`);
}

export function printRows({ rows, calibration }: Pick<NamespaceResult | ReadsResult, 'rows' | 'calibration'>): void {
  console.log('\n| system | operation | clients | per second | p50 ms | p99 ms | errors |');
  console.log('|---|---|---|---|---|---|---|');
  for (const { system, operation, clients, perSecond, p50Ms, p99Ms, errors } of rows) {
    console.log(
      `| ${system} | ${operation} | ${clients} | ${perSecond.toFixed(0)} | ${p50Ms.toFixed(2)} | ${p99Ms.toFixed(2)} | ${errors} |`,
    );
  }
  printCalibration(calibration);
  printRatios({ rows });
}

export function printFollowerReads(result: FollowerReadsResult): void {
  printRows(result);
  console.log('\n| calls at once | number | first ms | last ms | generator CPU ms |');
  console.log('|---|---|---|---|---|');
  for (const { what, calls, firstMs, lastMs, generatorMs } of result.bursts) {
    console.log(`| ${what} | ${calls} | ${firstMs.toFixed(1)} | ${lastMs.toFixed(1)} | ${generatorMs.toFixed(0)} |`);
  }
  const perRead = result.cpu.map(
    ({ operation, clients, microsPerCall }) => `${operation} ${clients} clients ${microsPerCall.toFixed(0)}`,
  );
  console.log(`\nmicroseconds of the nodes' processors for each: ${perRead.join(', ')}`);
  const { readers, withoutCores, withCores, moreCores } = result.idle;
  console.log(
    `cores of a follower: ${withoutCores.toFixed(4)} without waiting reads, ${withCores.toFixed(4)} with ${readers}, ${moreCores.toFixed(4)} more`,
  );
  for (const goal of goalsOf(result)) console.log(goalText(goal));
}
