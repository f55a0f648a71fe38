/** `om-conformance run`: runs scenarios against a target and ends with the verdict's exit code. */
import type { Command } from 'commander';
import type { RunObserver } from '../run/observer.js';
import { KIT_VERSION } from '../run/package.js';
import { debugOption, gather, outOption, targetOption, timeoutFactorOption } from './options.js';
import { quietGrpc } from './quiet-grpc.js';

interface RunFlags {
  readonly target: string;
  readonly rule: string[];
  readonly profile: string[];
  readonly tags?: string;
  readonly lastFailed?: true;
  readonly failFast?: true;
  readonly seed?: string;
  readonly timeoutFactor?: number;
  readonly baseline?: string;
  readonly allowPartial?: true;
  readonly disruptive?: true;
  readonly keep?: true;
  readonly out: string;
  readonly debug?: true;
}

export function runCommand(program: Command): void {
  program
    .command('run')
    .description('run scenarios against a target, and judge it')
    .argument('[paths...]', 'feature files or folders, file:line for one scenario; all when none is named')
    .addOption(targetOption())
    .option('--rule <id>', 'only this rule, or all whose ids start so; may be repeated', gather, [])
    .option('--profile <name>', 'judge this profile whatever the target claims; may be repeated', gather, [])
    .option('--tags <expression>', 'only scenarios with these tags')
    .option('--last-failed', 'only what did not pass in the last run')
    .option('--fail-fast', 'stop at the first failure')
    .option('--seed <text>', 'seed of the order; random when not given')
    .addOption(timeoutFactorOption())
    .option('--baseline <file>', 'known deviations; exit code 0 when exactly these fail')
    .option('--allow-partial', 'exit code 0 although rules were not verified')
    .option('--disruptive', 'allow scenarios that disturb a cluster that is not the kit’s own')
    .option('--keep', 'leave what the run made on the cluster')
    .addOption(outOption())
    .addOption(debugOption())
    .addHelpText(
      'after',
      '\nThe same by `npx cucumber-js [paths]`, with OM_TARGET, OM_SEED, OM_OUT, OM_BASELINE, OM_TIMEOUT_FACTOR, and OM_ALLOW_PARTIAL, OM_DISRUPTIVE, OM_KEEP, OM_DEBUG set to 1.',
    )
    .action(async (paths: string[], flags: RunFlags) => {
      const { stdout, env } = process;
      stdout.write(`om-conformance ${KIT_VERSION}, target ${flags.target}\n`);
      const [{ runConformance }, { liveScreen }] = await Promise.all([
        import('../cucumber/conformance.js'),
        import('../report/live-screen.js'),
        quietGrpc(flags.debug),
      ]);
      const interrupted = new AbortController();
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
        process.on(signal, () => {
          if (interrupted.signal.aborted) process.exit(2);
          process.stderr.write(
            '\ninterrupted: stopping the target and writing the report; once more to leave at once\n',
          );
          interrupted.abort();
        });
      }
      const ended: RunObserver = {
        // A step may still wait for what will not come any more.
        finished: ({ verdict }) => interrupted.signal.aborted && process.exit(verdict.exit),
      };
      const { rule, profile, out, ...same } = flags;
      const result = await runConformance({
        ...same,
        paths,
        rules: rule,
        profiles: profile,
        outDir: out,
        signal: interrupted.signal,
        observers: (request) => [liveScreen(request, stdout, env), ended],
      });
      process.exitCode = result.verdict.exit;
    });
}
