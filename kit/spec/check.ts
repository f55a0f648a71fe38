/**
 * `node dist/kit/spec/check.js`: holds features, catalogue, steps, specification text and protocol to each other, prints each
 * finding in a line, and ends with 1 when there is one. The checks are the `lint-*.ts` beside this; here they get their files.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSpecification } from '../cucumber/read.js';
import { PACKAGE_ROOT } from '../run/package.js';
import { readCatalogueText } from './catalogue-text.js';
import { readCatalogue } from './digest.js';
import { findingText } from './finding.js';
import { lintForms, type StepForm, stepForms } from './lint-forms.js';
import { lintProto } from './lint-proto.js';
import { lintRules } from './lint-rules.js';
import { lintShape } from './lint-shape.js';
import { lintText } from './lint-text.js';
import { modelOf } from './model.js';
import { parseWireContract } from './wire-contract.js';

/** The files that speak upstream's protocol; control and node-to-node are this project's own. */
const UPSTREAM_PROTOS = ['security.proto', 'hdds.proto', 'om.proto'];

const read = (...path: string[]) => readFileSync(join(PACKAGE_ROOT, ...path), 'utf8');
const catalogue = readCatalogue(PACKAGE_ROOT);
const reading = await readSpecification();
const features = modelOf(reading.documents);
const protos = new Map(UPSTREAM_PROTOS.map((name) => [name, read('proto', name)]));
const findings = [
  ...lintText(catalogue, readCatalogueText(read('docs', 'spec', 'catalogue.md'))),
  ...lintShape(features, reading),
  ...lintRules(features, catalogue),
  ...lintForms(reading, hasComment),
  ...lintProto(protos, parseWireContract(read('proto', 'wire-contract.json'))),
];
for (const finding of findings) console.log(findingText(finding));
const scenarios = new Set(reading.pickles.map(({ astNodeIds }) => astNodeIds[0])).size;
console.log(
  `specification: ${catalogue.rules.length} rules, ${features.length} features, ${scenarios} scenarios, ${stepForms(reading).length} step forms, ${protos.size} protocol files: ${findings.length === 0 ? 'no findings' : `${findings.length} findings`}`,
);
process.exitCode = findings.length === 0 ? 0 : 1;

/** Definitions are compiled one statement a line, comments kept: the line above is either part of a comment or not. */
function hasComment({ uri, line }: StepForm): boolean {
  const above = read(uri).split('\n')[line - 2] ?? '';
  return /^\s*(?:\/\/|\/\*|\*)/.test(above);
}
