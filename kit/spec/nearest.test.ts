import { expect, test } from 'vitest';
import { didYouMean } from './nearest.js';

test.each([
  ['NS-VOL1', 'NS-VOL-1'],
  ['ns-vol-7', 'NS-VOL-7'],
  ['HA-55', 'HA-5'],
])('%s is probably %s', (word, expected) => {
  expect(didYouMean(word, ['NS-VOL-1', 'NS-VOL-7', 'HA-5'])).toBe(`; did you mean ${expected}?`);
});

test('what is like nothing gets no suggestion', () => {
  expect(didYouMean('elephant', ['NS-VOL-1', 'HA-5'])).toBe('');
});
