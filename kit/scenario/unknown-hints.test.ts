import { expect, it } from 'vitest';
import { fieldsOf } from '../wire/fields.js';
import { underUnknownHints } from './unknown-hints.js';

it('says nothing in ten ways, half of them with the limits of a lease', () => {
  const hints = underUnknownHints({ kind: 'read-volume', volume: 'v' }).map((message) => {
    const hint = fieldsOf(message).find(({ number }) => number === 7);
    return fieldsOf(hint?.content ?? new Uint8Array()).map(({ whole }) => Buffer.from(whole).toString('hex'));
  });
  const limits = '121608ffffffffffffffffff0110ffffffffffffffffff01';
  const values = ['0800', '0805', '0863', '08ffffffffffffffffff01'];
  expect(hints).toEqual([[], ...values.map((value) => [value]), [limits], ...values.map((value) => [value, limits])]);
});
