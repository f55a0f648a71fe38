/** Reads features and steps by a dry run: nothing is executed, no cluster is opened. */
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runCucumber } from '@cucumber/cucumber/api';
import type { Envelope, GherkinDocument, ParseError, Pickle, StepDefinition, TestCase } from '@cucumber/messages';
import { PACKAGE_ROOT } from '../run/package.js';
import type { Catalogue } from '../spec/catalogue.js';
import { readCatalogue } from '../spec/digest.js';
import { type FeatureModel, modelOf } from '../spec/model.js';
import type { Reading } from '../spec/reading.js';

/** Catalogue and features without the steps: enough to list and to explain. */
export async function readModel(root = PACKAGE_ROOT): Promise<{ catalogue: Catalogue; features: FeatureModel[] }> {
  const { documents } = await readSpecification({ root, support: [] });
  return { catalogue: readCatalogue(root), features: modelOf(documents) };
}

export interface ReadOptions {
  /** Folder that holds `features/`. Default: this package. */
  readonly root?: string;
  /** Step definitions, as paths or globs. Default: the steps of this package. */
  readonly support?: readonly string[];
}

/** Throws when step definitions cannot be loaded. Features that cannot be parsed are in the answer. */
export async function readSpecification(options: ReadOptions = {}): Promise<Reading> {
  const documents: GherkinDocument[] = [];
  const pickles: Pickle[] = [];
  const stepDefinitions: StepDefinition[] = [];
  const testCases: TestCase[] = [];
  const parseErrors: ParseError[] = [];
  const take = (message: Envelope) => {
    if (message.gherkinDocument) documents.push(message.gherkinDocument);
    else if (message.pickle) pickles.push(message.pickle);
    else if (message.stepDefinition) stepDefinitions.push(message.stepDefinition);
    else if (message.testCase) testCases.push(message.testCase);
    else if (message.parseError) parseErrors.push(message.parseError);
  };
  const quiet = pathToFileURL(fileURLToPath(new URL('quiet.js', import.meta.url))).href;
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  await runCucumber(
    {
      sources: { paths: [], defaultDialect: 'en', names: [], tagExpression: '', order: 'defined' },
      support: { importPaths: [...(options.support ?? [join(PACKAGE_ROOT, 'dist/steps/**/!(*.test).js')])] },
      runtime: {
        dryRun: true,
        failFast: false,
        filterStacktraces: true,
        parallel: 0,
        retry: 0,
        retryTagFilter: '',
        strict: true,
        worldParameters: {},
      },
      formats: { stdout: quiet, files: {}, publish: false, options: {} },
    },
    { cwd: options.root ?? PACKAGE_ROOT, stdout: nowhere, stderr: nowhere },
    take,
  );
  return { documents, pickles, stepDefinitions, testCases, parseErrors };
}
