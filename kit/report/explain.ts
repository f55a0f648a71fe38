/** Answers `om-conformance explain SUBJECT`: finds out what kind of thing the subject is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readModel } from '../cucumber/read.js';
import { ERRORS } from '../errors.js';
import { UsageError } from '../failure.js';
import { PACKAGE_ROOT } from '../run/package.js';
import { explainRule } from '../spec/listing.js';
import { didYouMean } from '../spec/nearest.js';
import { targetJsonSchema } from '../targets/schema.js';
import { entryOf } from './error-text.js';

/** Throws UsageError `SUBJECT_UNKNOWN`. */
export async function explain(subject: string): Promise<string[]> {
  if (subject === 'target') return explainTarget();
  const name = subject.toUpperCase();
  const entry = entryOf(name);
  if (entry !== undefined) return [`${name}  exit code ${entry.exit}`, '', entry.meaning, entry.remedy];
  const { catalogue, features } = await readModel();
  const rule = catalogue.rules.find(({ id }) => id === name);
  if (rule !== undefined) return explainRule(rule, features);
  const known = [...catalogue.rules.map(({ id }) => id), ...Object.keys(ERRORS), 'target'];
  throw new UsageError('SUBJECT_UNKNOWN', `nothing is known of "${subject}"${didYouMean(subject, known)}`);
}

function explainTarget(): string[] {
  const example = readFileSync(join(PACKAGE_ROOT, 'docs/examples/targets/attach.target.yaml'), 'utf8');
  return [
    'A target file tells the kit how to reach a cluster. An example (docs/examples/targets has one of each kind):',
    '',
    example.trimEnd(),
    '',
    'Its schema (docs/schema/target.schema.json):',
    '',
    JSON.stringify(targetJsonSchema(), undefined, 2),
  ];
}
