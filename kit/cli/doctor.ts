/** `om-conformance doctor`: starts or connects to a target, looks at it, and says what it found. */
import type { Command } from 'commander';
import { debugOption, targetOption, timeoutFactorOption } from './options.js';
import { quietGrpc } from './quiet-grpc.js';

interface DoctorFlags {
  readonly target: string;
  readonly timeoutFactor?: number;
  readonly debug?: true;
}

export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('look at a target: reachable, one cluster, one leader, what may be done to it')
    .addOption(targetOption())
    .addOption(timeoutFactorOption())
    .addOption(debugOption())
    .action(async ({ target, timeoutFactor = 1, debug }: DoctorFlags) => {
      process.stdout.write(`looking at target ${target}\n`);
      const [{ openLiveCluster }, { doctorText }] = await Promise.all([
        import('../run/live-cluster.js'),
        import('../run/doctor-report.js'),
        quietGrpc(debug),
      ]);
      const cluster = await openLiveCluster(target, { runId: 'doctor', timeoutFactor });
      try {
        await cluster.start();
        const report = await cluster.look();
        process.stdout.write(doctorText(report));
        process.exitCode = report.ok ? 0 : 2;
      } finally {
        await cluster.close();
      }
    });
}
