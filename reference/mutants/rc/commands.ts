/** Commands in the wrong class of reads, or judged by their hint before their class (RC-6). */
import { hadoop } from '#proto';
import type { Mutant } from '../mutant.js';
import { inClass } from '../wrapped.js';

const { Type } = hadoop.ozone;

export const CLASSES: readonly Mutant[] = [
  {
    kind: 'policy',
    id: 'rc-6-updates-are-anybodys',
    wrong: 'A follower answers DBUpdates, as it answers any read of the namespace.',
    breaks: { 'RC-6': 'refusal-class' },
    parts: (right) => inClass(right, Type.DBUpdates, 'coordinated'),
  },
  {
    kind: 'policy',
    id: 'rc-6-status-of-repairs-is-anybodys',
    wrong: 'A follower answers GetQuotaRepairStatus, whose repair the leader runs, because its name begins with Get.',
    breaks: { 'RC-6': 'refusal-class' },
    parts: (right) => inClass(right, Type.GetQuotaRepairStatus, 'any-node'),
  },
  {
    kind: 'policy',
    id: 'rc-6-lease-before-class',
    wrong: 'A follower looks at the hint before the class: under LOCAL_LEASE it answers whatever changes no namespace.',
    breaks: { 'RC-6': 'refusal-class' },
    parts: (right) => ({
      ...right,
      routeRead: (view) => (view.hint.consistency === 'local-lease' ? { kind: 'local' } : right.routeRead(view)),
    }),
  },
  {
    kind: 'policy',
    id: 'rc-6-services-are-the-leaders',
    wrong: 'Followers refuse ServiceList, which clients use to find the leader.',
    breaks: { 'RC-6': 'answered-there' },
    parts: (right) => inClass(right, Type.ServiceList, 'leader-only'),
  },
];
