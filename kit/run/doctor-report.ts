/** What the doctor found, as data and as text for a terminal. Nothing is asked or judged here. */
import { ERRORS, type ErrorCode } from '../errors.js';
import type { Identity } from '../targets/target.js';
import { printable } from '../wire/text.js';
import type { Calibration } from './calibration.js';
import type { Capability } from './capability.js';

export interface NodeFinding {
  readonly id: string;
  readonly address: string;
  /** host:port of its control service, where the target names one. */
  readonly control: string | undefined;
  /** Round trip of the first answer; undefined when there was none. */
  readonly answeredInMs: number | undefined;
  /** Whether it accepted a write. */
  readonly leads: boolean;
  /** `OMVersion` of its ServiceList entry, where it gave one. */
  readonly omVersion: number | undefined;
  /** Value of the `om-state-id` trailer: present when follower reads are on. */
  readonly stateId: string | undefined;
}

export interface Check {
  readonly state: 'ok' | 'note' | 'failed';
  /** Of the registry; present on failures. */
  readonly code?: ErrorCode;
  /** What was found and where, one line. */
  readonly text: string;
}

export interface DoctorReport {
  readonly kind: string;
  readonly identity: Identity;
  readonly nodes: readonly NodeFinding[];
  readonly leader: string | undefined;
  /** Settled; undefined when that failed. */
  readonly capabilities: readonly Capability[] | undefined;
  readonly calibration: Calibration | undefined;
  readonly checks: readonly Check[];
  /** Whether no check failed. */
  readonly ok: boolean;
}

const SIGNS = { ok: 'ok  ', note: 'note', failed: 'FAIL' } as const;

/** The report as lines without colour, each check that failed with what to do about it. */
export function doctorText(report: DoctorReport): string {
  const { identity } = report;
  const rows = report.nodes.map((node) => [
    node.id,
    node.address,
    node.answeredInMs === undefined ? 'no answer' : `${node.answeredInMs.toFixed(1)} ms`,
    node.leads ? 'leader' : node.answeredInMs === undefined ? '?' : 'follower',
    node.omVersion === undefined ? '-' : String(node.omVersion),
    node.stateId ?? '-',
    node.control ?? '-',
  ]);
  const lines = [
    `target ${report.kind}: ${identity.project} ${identity.version} (${identity.organization}, ${identity.contact})`,
    '',
    ...table([['node', 'address', 'answers', 'role', 'version', 'state id', 'control'], ...rows]),
    '',
  ];
  for (const check of report.checks) {
    lines.push(`${SIGNS[check.state]}  ${check.code === undefined ? '' : `${check.code}: `}${check.text}`);
    if (check.code !== undefined) lines.push(`      ${ERRORS[check.code].remedy}`);
  }
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function table(rows: readonly (readonly string[])[]): string[] {
  const cells = rows.map((row) => row.map((cell) => printable(cell, 60)));
  const widths = cells[0]?.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0))) ?? [];
  return cells.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}
