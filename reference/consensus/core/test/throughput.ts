/**
 * Prints what the core alone can do: three replicas of one group on one thread, without disk and network.
 * Run: node dist/reference/consensus/core/test/throughput.js [seconds]
 */
import { RaftCore } from '../raft-core.js';
import { Cluster } from './cluster.js';

const seconds = Number(process.argv[2] ?? 3);

function measure(batch: number, payloadBytes: number): void {
  const core = new RaftCore();
  const cluster = new Cluster([1, 2, 3], { maxLogBytes: 1_000_000 }, core);
  const leader = cluster.elect(1);
  const entries = Array.from({ length: batch }, () => new Uint8Array(payloadBytes).fill(7));
  const replicas = [...cluster.replicas.values()];
  const round = () => {
    if (leader.group.propose(entries) === undefined) {
      throw new Error('a proposal was refused');
    }
    let committed = 0;
    for (let busy = true; busy; ) {
      busy = false;
      for (const { id, group } of replicas) {
        for (let ready = group.ready(); ready !== undefined; ready = group.ready()) {
          busy = true;
          cluster.send(id, ready.messages);
          group.persisted(ready.token);
          cluster.send(id, ready.messagesAfterPersist);
          const last = ready.committed.at(-1);
          if (last !== undefined) {
            group.applied(last.index);
            committed += id === 1 ? ready.committed.length : 0;
            if (Math.floor(last.index / 2000) !== Math.floor((last.index - ready.committed.length) / 2000)) {
              group.snapshotTaken({ index: last.index, term: last.term, membership: leader.membership });
            }
          }
        }
      }
      busy = cluster.deliver() || busy;
    }
    return committed;
  };
  const run = (ms: number) => {
    const from = performance.now();
    const cpuFrom = process.cpuUsage();
    let committed = 0;
    let rounds = 0;
    while (performance.now() - from < ms) {
      committed += round();
      rounds++;
    }
    const took = performance.now() - from;
    const cpu = process.cpuUsage(cpuFrom);
    return {
      perSecond: Math.round((committed / took) * 1000),
      perCpuSecond: Math.round((committed / (cpu.user + cpu.system)) * 1e6),
      usPerRound: (took / rounds) * 1000,
    };
  };
  run(1000);
  const { perSecond, perCpuSecond, usPerRound } = run(seconds * 1000);
  const { linearBytes, heapBytes } = core.memory();
  console.log(
    `${batch} entries of ${payloadBytes} B per proposal: ${perSecond} commits/s (${perCpuSecond} per CPU second), ${usPerRound.toFixed(0)} us a round; ` +
      `linear memory ${(linearBytes / 2 ** 20).toFixed(1)} MiB, heap ${(heapBytes / 2 ** 20).toFixed(1)} MiB`,
  );
}

measure(1, 128);
if (process.argv[3] !== 'one') {
  measure(8, 128);
  measure(64, 128);
  measure(64, 1024);
}
