/** How fast one system is measured by another, where both were driven: the comparisons that the goals of the reference are about. */
import type { Row } from './rounds.js';

type Measured = Pick<Row, 'system' | 'operation' | 'clients' | 'perSecond'>;
type Driven = readonly [system: string, operation: string];

interface Comparison {
  readonly text: string;
  readonly of: Driven;
  readonly to: Driven;
}

const READ_AT_LEADER = 'linearizable read, leader';
const READ_AT_FOLLOWER = 'linearizable read, follower';

const COMPARISONS: readonly Comparison[] = [
  { text: 'echo-write to etcd put', of: ['reference', 'echo-write'], to: ['etcd', 'put'] },
  { text: 'create-volume to etcd put', of: ['reference', 'create-volume'], to: ['etcd', 'put'] },
  { text: "echo-write to Apache Ozone's", of: ['reference', 'echo-write'], to: ['apache-ozone', 'echo-write'] },
  ...['etcd', 'apache-ozone'].flatMap((other): Comparison[] => [
    { text: `reads at the leader to ${other}'s`, of: ['reference', READ_AT_LEADER], to: [other, READ_AT_LEADER] },
    { text: `reads at a follower to ${other}'s`, of: ['reference', READ_AT_FOLLOWER], to: [other, READ_AT_FOLLOWER] },
  ]),
];

/** One text for each comparison that can be made of these rows. */
export function ratios(rows: readonly Measured[], clients: number): string[] {
  const rate = ([system, operation]: Driven) =>
    rows.find((row) => row.system === system && row.operation === operation && row.clients === clients)?.perSecond;
  return COMPARISONS.flatMap(({ text, of, to }) => {
    const [one, other] = [rate(of), rate(to)];
    // Nothing is a multiple of a system that did nothing.
    return one === undefined || other === undefined || other === 0 ? [] : [`${text} ${(one / other).toFixed(2)}`];
  });
}
