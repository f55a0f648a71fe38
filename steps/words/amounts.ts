/** Words for what a bucket uses: `3 names`, `1 name`, `5000000 bytes`. */
import type { Amount } from '../../kit/assert/usage.js';

export const AMOUNT = /\d+ (?:names?|bytes?)/;

export function readAmount(phrase: string): Amount {
  const [amount = '0', unit = ''] = phrase.split(' ');
  return { used: unit.startsWith('name') ? 'names' : 'bytes', amount: BigInt(amount) };
}
