/**
 * `runConformance`: a whole run as a function, for the command line, for `prove` and for tests. The other door to the same
 * plugin is cucumber's own command line (`standalone.ts`); for the same selection both give the same verdict (design §6).
 */
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type ISupportCodeLibrary, runCucumber } from '@cucumber/cucumber/api';
import { UsageError } from '../failure.js';
import type { OpenCluster } from '../run/cluster.js';
import type { RunObserver } from '../run/observer.js';
import { completeOptions, type RunOptions } from '../run/options.js';
import { PACKAGE_ROOT } from '../run/package.js';
import type { RunResult } from '../run/publish.js';
import type { RunRequest } from '../run/request.js';
import { Session } from '../run/session.js';
import { messageOf } from '../wire/text.js';
import { activeSession, setActiveSession } from './active.js';

export interface ConformanceOptions extends RunOptions {
  /** Who watches the run. */
  readonly observers?: ((request: RunRequest) => readonly RunObserver[]) | undefined;
  /** Ends the run early; its verdict is INCOMPLETE. */
  readonly signal?: AbortSignal | undefined;
  /** Opens the cluster. Default: the target's kind decides. */
  readonly open?: OpenCluster | undefined;
  /** Step definitions, as paths or globs. Default: the steps of this package. */
  readonly support?: readonly string[] | undefined;
}

/** Steps register themselves when they are imported, which happens once in a process: later runs use what is there. */
const libraries = new Map<string, ISupportCodeLibrary>();

/**
 * Runs the selected scenarios against a target and leaves a report. Never ends the process and never exits non-zero by
 * itself: the exit code is in the verdict. One run at a time in a process.
 *
 * @throws UsageError when the options make no sense; no report is written then
 */
export async function runConformance(options: ConformanceOptions): Promise<RunResult> {
  if (activeSession() !== undefined) throw new Error('another conformance run is in progress in this process');
  const request = completeOptions(options);
  const open = options.open ?? (await import('../run/live-cluster.js')).openLiveCluster;
  const session = new Session(request, open);
  for (const observer of options.observers?.(request) ?? []) session.observe(observer);
  const interrupt = () => void session.finish('interrupted').catch(() => {});
  options.signal?.addEventListener('abort', interrupt, { once: true });
  if (options.signal?.aborted === true) interrupt();
  setActiveSession(session);
  try {
    await execute(session, options);
  } catch (error) {
    session.fault(asUsageError(error));
  } finally {
    setActiveSession(undefined);
    options.signal?.removeEventListener('abort', interrupt);
  }
  return session.finish();
}

async function execute({ request }: Session, options: ConformanceOptions): Promise<void> {
  const support = options.support ?? [join(PACKAGE_ROOT, 'dist/steps/**/!(*.test).js')];
  const importPaths = [own('hooks.js'), ...support];
  const key = importPaths.join('\n');
  const { selection, root } = request;
  const result = await runCucumber(
    {
      sources: {
        paths: [...selection.paths],
        defaultDialect: 'en',
        names: [],
        tagExpression: selection.tags,
        order: 'defined',
      },
      support: libraries.get(key) ?? { importPaths },
      runtime: {
        dryRun: false,
        failFast: options.failFast ?? false,
        filterStacktraces: !request.debug,
        parallel: 0,
        retry: 0,
        retryTagFilter: '',
        strict: true,
        worldParameters: {},
      },
      formats: { stdout: pathToFileURL(own('quiet.js')).href, files: {}, publish: false, options: {} },
      plugins: { specifiers: [pathToFileURL(own('plugin.js')).href], options: {} },
    },
    { cwd: root, stdout: new Writable({ write: (_chunk, _encoding, done) => done() }) },
  );
  libraries.set(key, result.support);
}

function own(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}

/** A tag expression is read by cucumber, deep inside of a run: what it says of a wrong one is the user's to know. */
function asUsageError(error: unknown): unknown {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error) || !cause.message.startsWith('Tag expression')) return error;
  return new UsageError('OPTION_INVALID', messageOf(cause), { cause });
}
