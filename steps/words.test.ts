import { describe, expect, it } from 'vitest';
import { namesOf } from '../kit/run/names.js';
import { ScenarioNames } from '../kit/scenario/names.js';
import { someOwner } from '../kit/scenario/operation.js';
import { BUCKET, BUCKETS, LINK } from './words/buckets.js';
import { LISTED, LISTING, readListed, readListing } from './words/listings.js';
import { QUOTA, readQuota, VOLUME, VOLUME_WITH, VOLUMES } from './words/volumes.js';
import { OPERATION, readExisting, readOperation, readSubject } from './words.js';

const names = () => new ScenarioNames(namesOf('abc123'));
const alpha = 'omc-abc123-v1-alpha';
const inBox = { volume: 'omc-abc123-v1-home', bucket: 'omc-abc123-box' };
const whole = (regexp: RegExp) => new RegExp(`^(?:${regexp.source})$`);

describe('operations', () => {
  it.each([
    ['creates volume "alpha"', { kind: 'create-volume', volume: alpha, owner: someOwner(alpha), quota: undefined }],
    ['creates volume "alpha" of "ann"', { kind: 'create-volume', volume: alpha, owner: 'ann', quota: undefined }],
    [
      'creates volume "alpha" of "ann" with a quota of 5 bytes and 1 bucket',
      { kind: 'create-volume', volume: alpha, owner: 'ann', quota: { bytes: 5n, buckets: 1n } },
    ],
    [
      'creates volume "alpha" with a quota of no limit',
      { kind: 'create-volume', volume: alpha, owner: someOwner(alpha), quota: { bytes: -1n, buckets: -1n } },
    ],
    [
      'creates a volume named exactly ""',
      { kind: 'create-volume', volume: '', owner: someOwner(''), quota: undefined },
    ],
    [
      'creates a volume named exactly " a"',
      { kind: 'create-volume', volume: ' a', owner: someOwner(' a'), quota: undefined },
    ],
    [
      'creates a volume with a name of 20 characters',
      {
        kind: 'create-volume',
        volume: 'omc-abc123-v1-xxxxxx',
        owner: someOwner('omc-abc123-v1-xxxxxx'),
        quota: undefined,
      },
    ],
    ['reads volume "alpha"', { kind: 'read-volume', volume: alpha }],
    ['deletes volume "alpha"', { kind: 'delete-volume', volume: alpha }],
    ['gives volume "alpha" to "bob"', { kind: 'set-owner', volume: alpha, owner: 'bob' }],
    ['limits volume "alpha" to 1 byte', { kind: 'set-quota', volume: alpha, quota: { bytes: 1n, buckets: undefined } }],
    ['limits volume "alpha" to no limit', { kind: 'set-quota', volume: alpha, quota: { bytes: -1n, buckets: -1n } }],
    ['creates bucket "box" in volume "alpha"', { kind: 'create-bucket', volume: alpha, bucket: 'omc-abc123-box' }],
    ['reads bucket "box" in volume "alpha"', { kind: 'read-bucket', volume: alpha, bucket: 'omc-abc123-box' }],
    ['deletes bucket "box" in volume "alpha"', { kind: 'delete-bucket', volume: alpha, bucket: 'omc-abc123-box' }],
    ['opens key "a" in bucket "box" with content "one"', { kind: 'open-key', ...inBox, key: 'a', content: 'one' }],
    [
      'opens key "a" in bucket "box" with metadata "m" as "1" and "n" as "" with tags "t" as "a and b"',
      {
        kind: 'open-key',
        ...inBox,
        key: 'a',
        metadata: [
          ['m', '1'],
          ['n', ''],
        ],
        tags: [['t', 'a and b']],
      },
    ],
    ['opens key "a" in bucket "box" with 5 bytes', { kind: 'open-key', ...inBox, key: 'a', bytes: 5n }],
    [
      'opens key "a" in bucket "box" with 1 byte in no block with content "one"',
      { kind: 'open-key', ...inBox, key: 'a', bytes: 1n, inNoBlock: true, content: 'one' },
    ],
    ['commits key "a" in bucket "box" as client id 7', { kind: 'commit-key', ...inBox, key: 'a', clientId: 7n }],
    [
      'allocates a block of key "a" in bucket "box" as client id 18446744073709551615',
      { kind: 'allocate-block', ...inBox, key: 'a', clientId: 2n ** 64n - 1n },
    ],
    ['reads key "a/b" in bucket "box"', { kind: 'read-key', ...inBox, key: 'a/b' }],
    ['looks up key " " in bucket "box"', { kind: 'look-up-key', ...inBox, key: ' ' }],
    ['deletes key "{U+0009}{3 times ab}" in bucket "box"', { kind: 'delete-key', ...inBox, key: '\tababab' }],
    ['renames key "a" in bucket "box" to "b{U+10000}"', { kind: 'rename-key', ...inBox, key: 'a', to: 'b\u{10000}' }],
    ['tags key "a" in bucket "box" with nothing', { kind: 'put-tags', ...inBox, key: 'a', tags: [] }],
    ['tags key "a" in bucket "box" with "t" as "1"', { kind: 'put-tags', ...inBox, key: 'a', tags: [['t', '1']] }],
    ['reads the tags of key "a" in bucket "box"', { kind: 'read-tags', ...inBox, key: 'a' }],
    ['removes the tags of key "a" in bucket "box"', { kind: 'remove-tags', ...inBox, key: 'a' }],
    ['lists the keys of bucket "box"', { kind: 'list-keys', ...inBox, count: 1000 }],
    [
      'lists the keys of bucket "box" with prefix "a/" after "a/b" in short',
      { kind: 'list-keys-light', ...inBox, prefix: 'a/', after: 'a/b', count: 1000 },
    ],
    ['deletes keys "a", "b" and "c" in bucket "box"', { kind: 'delete-keys', ...inBox, keys: ['a', 'b', 'c'] }],
    [
      'renames keys "a" to "b" and "c" to "" in bucket "box"',
      {
        kind: 'rename-keys',
        ...inBox,
        renamings: [
          { from: 'a', to: 'b' },
          { from: 'c', to: '' },
        ],
      },
    ],
    [
      'creates bucket "box" of layout LEGACY with versioning, a quota of 3 names and metadata "a" as "x y"',
      {
        kind: 'create-bucket',
        ...inBox,
        layout: 'LEGACY',
        properties: { versioning: true, quotaInNames: 3n, metadata: [{ key: 'a', value: 'x y' }] },
      },
    ],
    ['creates bucket "box" with owner "ann"', { kind: 'create-bucket', ...inBox, properties: { owner: 'ann' } }],
    ['creates a bucket named exactly "a b"', { kind: 'create-bucket', ...inBox, bucket: 'a b' }],
    [
      'creates a bucket with a name of 13 characters in volume "alpha"',
      { kind: 'create-bucket', volume: alpha, bucket: 'omc-abc123-xx' },
    ],
    [
      'creates link "ln" to bucket "box" in volume "alpha"',
      { kind: 'create-bucket', ...inBox, bucket: 'omc-abc123-ln', source: { volume: alpha, bucket: 'omc-abc123-box' } },
    ],
    [
      'creates link "ln" in volume "alpha" to bucket "box"',
      { kind: 'create-bucket', volume: alpha, bucket: 'omc-abc123-ln', source: inBox },
    ],
    ['lists the buckets of volume "alpha"', { kind: 'list-buckets', volume: alpha }],
    ['gives bucket "box" to "bob"', { kind: 'change-bucket', ...inBox, properties: { owner: 'bob' } }],
    ['gives bucket "box" nothing', { kind: 'change-bucket', ...inBox, properties: {} }],
    [
      'gives bucket "box" in volume "alpha" a quota of 5 bytes and a quota of any number of names',
      {
        kind: 'change-bucket',
        volume: alpha,
        bucket: 'omc-abc123-box',
        properties: { quotaInBytes: 5n, quotaInNames: -1n },
      },
    ],
    [
      'gives bucket "box" no versioning, storage SSD, replication RATIS/ONE, metadata "a" as "1" and metadata "b" as ""',
      {
        kind: 'change-bucket',
        ...inBox,
        properties: {
          versioning: false,
          storage: 'SSD',
          replication: 'RATIS/ONE',
          metadata: [
            { key: 'a', value: '1' },
            { key: 'b', value: '' },
          ],
        },
      },
    ],
  ])('%s', (phrase, operation) => {
    expect(phrase).toMatch(whole(OPERATION));
    expect(readOperation(phrase, names())).toEqual(operation);
  });
  it.each(['creates volume alpha', 'renames volume "alpha"', 'limits volume "alpha" to -1 bytes', ''])(
    'does not know: %s',
    (phrase) => {
      expect(phrase).not.toMatch(whole(OPERATION));
    },
  );
  it('throws for a phrase that the parameter type would not let through', () => {
    expect(() => readOperation('renames volume "alpha"', names())).toThrow(SyntaxError);
    expect(() => readQuota('5')).toThrow(SyntaxError);
  });
});

describe('what is there', () => {
  it.each([
    ['volume "alpha" of "ann"', VOLUME_WITH, ['create-volume omc-abc123-v1-alpha']],
    ['volumes "b" and "a"', VOLUMES, ['create-volume omc-abc123-v1-b', 'create-volume omc-abc123-v1-a']],
    [
      'volumes "a", "b" and "a.b"',
      VOLUMES,
      ['create-volume omc-abc123-v1-a', 'create-volume omc-abc123-v1-b', 'create-volume omc-abc123-v1-a.b'],
    ],
    ['bucket "box" in volume "alpha"', BUCKET, ['create-bucket omc-abc123-v1-alpha']],
    [
      'buckets "a" and "b" in volume "alpha"',
      BUCKETS,
      ['create-bucket omc-abc123-v1-alpha', 'create-bucket omc-abc123-v1-alpha'],
    ],
    ['link "ln" to bucket "box" in volume "alpha"', LINK, ['create-bucket omc-abc123-v1-home']],
  ])('%s', (phrase, regexp, writes) => {
    expect(phrase).toMatch(whole(regexp));
    expect(readExisting(phrase, names()).map(({ kind, volume }) => `${kind} ${volume}`)).toEqual(writes);
  });
  it('keeps a bad word bad', () => {
    expect('volume "al pha/Ä"').toMatch(whole(VOLUME));
    expect(readSubject('volume "al pha/Ä"', names())).toEqual({
      kind: 'read-volume',
      volume: 'omc-abc123-v1-al pha/Ä',
    });
    expect(readSubject('bucket "box" in volume "alpha"', names())).toEqual({
      kind: 'read-bucket',
      volume: alpha,
      bucket: 'omc-abc123-box',
    });
  });
});

describe('quotas', () => {
  it.each([
    ['1 byte and 1 bucket', { bytes: 1n, buckets: 1n }],
    ['4611686018427387905 bytes', { bytes: 4611686018427387905n, buckets: undefined }],
    ['no limit', { bytes: -1n, buckets: -1n }],
  ])('%s', (phrase, quota) => {
    expect(phrase).toMatch(whole(QUOTA));
    expect(readQuota(phrase)).toEqual(quota);
  });
});

describe('listings', () => {
  const page = (phrase: string, after: string | undefined) => {
    expect(phrase).toMatch(whole(LISTING));
    return readListing(phrase, names())(after, 3);
  };
  it('of buckets begins where it is said to, and goes on behind what was listed', () => {
    const asked = { volumeName: alpha, prefix: 'omc-abc123-a', count: 3 };
    const phrase = 'the buckets of volume "alpha" with prefix "a" after "ab"';
    expect(page(phrase, undefined).listBucketsRequest).toEqual({ ...asked, startKey: 'omc-abc123-ab' });
    expect(page(phrase, 'x').listBucketsRequest).toEqual({ ...asked, startKey: 'x' });
    expect(page('the buckets of volume "alpha"', undefined).listBucketsRequest).toEqual({
      volumeName: alpha,
      count: 3,
    });
  });
  it('of volumes are of the scenario’s own', () => {
    expect(page('the volumes', undefined).listVolumeRequest).toMatchObject({ prefix: 'omc-abc123-v1-', maxKeys: 3 });
  });
  it.each([
    ['nothing', []],
    ['bucket "a"', ['omc-abc123-a']],
    ['buckets "a" and "b"', ['omc-abc123-a', 'omc-abc123-b']],
    ['volumes "a" and "b"', ['omc-abc123-v1-a', 'omc-abc123-v1-b']],
  ])('hold %s', (phrase, expected) => {
    expect(phrase).toMatch(whole(LISTED));
    expect(readListed(phrase, names())).toEqual(expected);
  });
});
