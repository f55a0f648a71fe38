import { expect, it } from 'vitest';
import { LEASE, readLease } from './leases.js';

it.each([
  ["LOCAL_LEASE within the node's limits", {}],
  ['LOCAL_LEASE without limits', { entries: -1n, ms: -1n }],
  ['LOCAL_LEASE at most 3 entries behind', { entries: 3n }],
  ['LOCAL_LEASE at most 0 entries behind and at most 0 ms old', { entries: 0n, ms: 0n }],
  ['LOCAL_LEASE at most 0 entries behind and of any age', { entries: 0n, ms: -1n }],
  ['LOCAL_LEASE any distance behind and at most 2000 ms old', { entries: -1n, ms: 2000n }],
  ['LOCAL_LEASE as far behind as it is', { entries: 'lag' }],
  ['LOCAL_LEASE one entry less behind than it is and of any age', { entries: 'lag-1', ms: -1n }],
])('%s', (phrase, lease) => {
  expect(phrase).toMatch(new RegExp(`^(?:${LEASE.source})$`));
  expect(readLease(phrase)).toEqual(lease);
});

it('is not the bare hint, which another form takes', () => expect('LOCAL_LEASE').not.toMatch(LEASE));
