/** Answers `om-conformance show-report`: reads a report folder and computes its verdict again. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UsageError } from '../failure.js';
import { verdictOf } from '../verdict/verify.js';
import { messageOf } from '../wire/text.js';
import { FILES } from './folder.js';
import { verdictLines } from './verdict-text.js';

/** Throws UsageError `NO_REPORT`. */
export async function readReport(folder: string): Promise<string[]> {
  if (!existsSync(join(folder, FILES.envelope))) {
    throw new UsageError('NO_REPORT', `no report in ${folder}`);
  }
  const { verdict, envelope } = await verdictOf(folder).catch((cause: unknown) => {
    throw new UsageError('NO_REPORT', `the report in ${folder} cannot be read: ${messageOf(cause)}`, { cause });
  });
  const { target, run } = envelope;
  const who =
    target === undefined ? 'no target' : `${target.identity.project} ${target.identity.version} (${target.kind})`;
  return [`${who}, ${run.startedAt}`, '', ...verdictLines({ verdict, envelope, outDir: resolve(folder) })];
}
