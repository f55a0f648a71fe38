import { describe, expect, it } from 'vitest';
import { assertCounted, assertWaiting } from './counted.js';
import { failureOf } from './test/outcomes.js';

const grown = (by: bigint) => ({ node: 'om2', what: 'refused reads', grown: by });

describe('assertCounted', () => {
  it('takes exactly what was expected', () => {
    assertCounted(grown(3n), 3n);
    assertCounted(grown(0n), 0n);
  });
  it.each([2n, 4n, 0n])('says that %i is not 3', (by) => {
    const error = failureOf(() => assertCounted(grown(by), 3n));
    expect(error.assertion).toBe('counted');
    expect(error.message).toBe(`expected 3 refused reads counted by om2, found ${by}`);
  });
});

describe('assertWaiting', () => {
  it('takes as many as there should be', () => assertWaiting('om2', 4n, 4n));
  it('says how many there are', () => {
    const error = failureOf(() => assertWaiting('om2', 5n, 4n));
    expect(error.assertion).toBe('waiting-count');
    expect(error.message).toBe('expected 4 waiting reads at om2, found 5');
  });
});
