/**
 * Phrases about what a bucket is given, such as `a quota of 3 names and versioning`: the same words make a new bucket, change
 * one, and say how it reads.
 */
import { type BucketProperties, REPLICATIONS, STORAGE_TYPES } from '../../kit/scenario/operations/bucket.js';
import { QUOTED } from './phrase.js';

const PROPERTY = [
  'a quota of \\d+ (?:bytes?|names?)',
  'a quota of any number of (?:bytes|names)',
  'no versioning',
  'versioning',
  `owner ${QUOTED}`,
  `storage (?:${STORAGE_TYPES.join('|')})`,
  `replication (?:${REPLICATIONS.join('|')})`,
  `metadata ${QUOTED} as ${QUOTED}`,
].join('|');

/** `a quota of 5000000 bytes, a quota of 3 names and versioning` */
export const PROPERTIES = new RegExp(`(?:${PROPERTY})(?:, (?:${PROPERTY}))*(?: and (?:${PROPERTY}))?`);

/** Throws when the phrase is none of the grammar: the parameter type lets only those through. */
export function readProperties(phrase: string): BucketProperties {
  const parts = phrase.match(new RegExp(PROPERTY, 'g'));
  if (parts === null) throw new SyntaxError(`no property of a bucket: ${phrase}`);
  return parts.map(readProperty).reduce(together, {});
}

function together(one: BucketProperties, other: BucketProperties): BucketProperties {
  const metadata = [...(one.metadata ?? []), ...(other.metadata ?? [])];
  return { ...one, ...other, ...(metadata.length === 0 ? {} : { metadata }) };
}

function readProperty(part: string): BucketProperties {
  if (part === 'versioning') return { versioning: true };
  if (part === 'no versioning') return { versioning: false };
  const [, amount, unit] = /^a quota of (any number of|\d+) (byte|name)s?$/.exec(part) ?? [];
  if (amount !== undefined) {
    const quota = amount === 'any number of' ? -1n : BigInt(amount);
    return unit === 'byte' ? { quotaInBytes: quota } : { quotaInNames: quota };
  }
  const [, key, value = ''] = /^metadata "([^"]*)" as "([^"]*)"$/.exec(part) ?? [];
  if (key !== undefined) return { metadata: [{ key, value }] };
  const [, owner] = /^owner "([^"]*)"$/.exec(part) ?? [];
  if (owner !== undefined) return { owner };
  const storage = STORAGE_TYPES.find((one) => part === `storage ${one}`);
  if (storage !== undefined) return { storage };
  const replication = REPLICATIONS.find((one) => part === `replication ${one}`);
  if (replication !== undefined) return { replication };
  throw new SyntaxError(`not a property of a bucket: ${part}`);
}
