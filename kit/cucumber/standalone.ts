/**
 * A run that cucumber's own command line started (`npx cucumber-js features/…`): what `om-conformance run` takes as options
 * comes from the environment, and the process's exit code is the verdict's whatever cucumber says.
 */
import type { CoordinatorEnvironment } from '@cucumber/cucumber/api';
import { explainError } from '../report/error-text.js';
import { verdictLines } from '../report/verdict-text.js';
import type { OpenCluster } from '../run/cluster.js';
import { completeOptions, type RunOptions } from '../run/options.js';
import { Session } from '../run/session.js';
import { setActiveSession } from './active.js';

/** Anything that ends the process before there is a verdict is a fault of the kit. */
let exitCode: number = 4;

export function startStandalone(open: OpenCluster, { env, stderr }: CoordinatorEnvironment): Session {
  process.on('exit', () => {
    process.exitCode = exitCode;
  });
  const debug = env.OM_DEBUG === '1';
  try {
    const session = new Session(completeOptions(optionsOf(env)), open);
    setActiveSession(session);
    onSignal(() => session.finish('interrupted'), stderr, debug);
    return session;
  } catch (error) {
    endWith(error, stderr, debug);
    process.exit();
  }
}

export async function finishStandalone(session: Session, { stderr }: CoordinatorEnvironment): Promise<void> {
  try {
    const result = await session.finish();
    exitCode = result.verdict.exit;
    if (!session.observed) stderr.write(`${verdictLines(result).join('\n')}\n`);
  } catch (error) {
    endWith(error, stderr, session.request.debug);
  }
  setActiveSession(undefined);
}

function endWith(error: unknown, stderr: CoordinatorEnvironment['stderr'], debug: boolean): void {
  const { text, exit } = explainError(error, debug);
  exitCode = exit;
  stderr.write(`${text}\n`);
}

function onSignal(
  finish: () => Promise<{ verdict: { exit: number } }>,
  stderr: CoordinatorEnvironment['stderr'],
  debug: boolean,
): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      finish()
        .then(
          ({ verdict }) => {
            exitCode = verdict.exit;
          },
          (error: unknown) => endWith(error, stderr, debug),
        )
        .finally(() => process.exit());
    });
  }
}

/** The variables that stand for options; README and `om-conformance run --help` name them. */
function optionsOf(env: CoordinatorEnvironment['env']): RunOptions {
  const factor = env.OM_TIMEOUT_FACTOR;
  return {
    target: env.OM_TARGET,
    seed: env.OM_SEED,
    outDir: env.OM_OUT,
    baseline: env.OM_BASELINE,
    timeoutFactor: factor === undefined ? undefined : Number(factor),
    allowPartial: env.OM_ALLOW_PARTIAL === '1',
    disruptive: env.OM_DISRUPTIVE === '1',
    keep: env.OM_KEEP === '1',
    debug: env.OM_DEBUG === '1',
    root: process.cwd(),
  };
}
