import { describe, expect, it } from 'vitest';
import { assertStarted } from './started.js';
import { failureOf } from './test/outcomes.js';

const up = { node: 'om1', answer: { kind: 'started' } } as const;

describe('starts-after-power-loss', () => {
  it('takes nodes that all started', () => assertStarted([up, { ...up, node: 'om2' }]));
  it('fails for one that did not', () => {
    const words = 'LOG_DAMAGED: log.db ends at write 7';
    expect(failureOf(() => assertStarted([up, { node: 'om2', answer: { kind: 'refused', words } }]))).toMatchObject({
      assertion: 'starts-after-power-loss',
      message: expect.stringContaining(`om2 starts, found its last words: "${words}"`),
    });
  });
  it('does not judge nothing', () => expect(() => assertStarted([])).toThrow('no start'));
});
