import { describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import { encode, type Plain } from '../../../kit/wire/plain.js';
import { SeededRandom } from './generator.js';
import { contradictions, difference, shown } from './look.js';
import { mutated } from './mutate.js';
import { encoded, Plot } from './plot.js';

const { OMRequest, OMResponse, Status, Type } = hadoop.ozone;
type Response = Plain<hadoop.ozone.OMResponse.$Properties>;

const answer = (cmdType: hadoop.ozone.Type, body: Partial<Response>) =>
  encode(OMResponse, { cmdType, status: Status.OK, ...body });
const bucket = (bucketName: string, usedNamespace: bigint, layout: 'OBJECT_STORE' | 'FILE_SYSTEM_OPTIMIZED') => ({
  volumeName: 'v',
  bucketName,
  isVersionEnabled: false,
  storageType: hadoop.hdds.StorageTypeProto.DISK,
  bucketLayout: hadoop.ozone.BucketLayoutProto[layout],
  usedNamespace,
  acls: [],
  metadata: [],
});
const volume = (usedNamespace: bigint, message = '') =>
  answer(Type.InfoVolume, {
    message,
    infoVolumeResponse: {
      volumeInfo: { adminName: 'a', ownerName: 'o', volume: 'v', usedNamespace, metadata: [], volumeAcls: [] },
    },
  });
const buckets = (...bucketInfo: ReturnType<typeof bucket>[]) =>
  answer(Type.ListBuckets, { listBucketsResponse: { bucketInfo } });
const noKeys = answer(Type.ListKeys, { listKeysResponse: { keyInfo: [] } });

describe('messages', () => {
  const plot = new Plot('v');
  const requests = plot.requests(5n).map(encoded);
  it('are valid before they are broken', () => {
    for (const request of requests) {
      const { cmdType, clientId, version: _, ...body } = OMRequest.toObject(OMRequest.decode(request));
      expect(clientId).toBe('fuzz');
      expect([cmdType, Object.keys(body)]).toEqual([expect.any(Number), [expect.any(String)]]);
    }
  });
  it('of one seed are the same each time, and of many seeds hardly ever whole', () => {
    const made = (seed: string) => {
      const random = new SeededRandom(seed);
      return Buffer.from(mutated(random.pick(requests) ?? new Uint8Array(), requests, random));
    };
    expect(made('x')).toEqual(made('x'));
    const whole = new Set(requests.map((request) => Buffer.from(request).toString('hex')));
    const seeds = Array.from({ length: 500 }, (_, n) => made(`seed ${n}`).toString('hex'));
    expect(seeds.filter((hex) => whole.has(hex)).length).toBeLessThan(25);
    expect(new Set(seeds).size).toBeGreaterThan(400);
  });
});

describe('two looks', () => {
  it('are alike whoever answered, and whatever a tree counts', () => {
    const one = [volume(1n, 'of om1'), buckets(bucket('tree', 3n, 'FILE_SYSTEM_OPTIMIZED'))];
    const other = [volume(1n, 'of om2'), buckets(bucket('tree', 4n, 'FILE_SYSTEM_OPTIMIZED'))];
    expect(shown(one)).toBe(shown(other));
  });
  it('differ where a flat bucket counts another number', () => {
    const [one, other] = [3n, 4n].map((used) => shown([volume(1n), buckets(bucket('flat', used, 'OBJECT_STORE'))]));
    expect(one).not.toBe(other);
    expect(difference(one ?? '', other ?? '')).toMatch(/"usedNamespace": "3".* became .*"usedNamespace": "4"/);
  });
});

describe('one look', () => {
  it.each([
    ['fits', volume(1n), bucket('flat', 0n, 'OBJECT_STORE'), []],
    ['counts a bucket that is not there', volume(2n), bucket('flat', 0n, 'OBJECT_STORE'), [/counts 2 buckets, 1/]],
    ['counts a key that is not there', volume(1n), bucket('flat', 1n, 'OBJECT_STORE'), [/counts 1 keys, 0/]],
    ['leaves out what a tree counts', volume(1n), bucket('tree', 9n, 'FILE_SYSTEM_OPTIMIZED'), []],
  ])('%s', (_, info, listed, expected) => {
    const found = contradictions([info, buckets(listed), noKeys]);
    expect(found).toHaveLength(expected.length);
    for (const [index, pattern] of expected.entries()) expect(found[index]).toMatch(pattern);
  });
});
