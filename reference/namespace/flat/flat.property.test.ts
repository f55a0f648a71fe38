/** Random commands on two flat buckets, one with versions, against a map from names to sizes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KeyInfo } from '../key-info.js';
import { replicatedBytes } from '../replication.js';
import { keyArgs, statusName, Type, World } from '../test/world.js';

const NAMES = ['a', 'a/', 'a/b', 'b', '\uFFFD', '\u{10000}'];
const BUCKETS = ['bucket', 'versions'] as const;

const name = fc.constantFrom(...NAMES);
const bucketName = fc.constantFrom(...BUCKETS);
const step = fc.oneof(
  fc.record({ does: fc.constant('open' as const), bucketName, name }),
  fc.record({ does: fc.constant('commit' as const), session: fc.nat(20), dataSize: fc.bigInt(0n, 50n) }),
  fc.record({
    does: fc.constant('delete' as const),
    bucketName,
    names: fc.array(name, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    does: fc.constant('rename' as const),
    bucketName,
    pairs: fc.array(fc.tuple(name, name), { maxLength: 3 }),
  }),
  fc.record({ does: fc.constant('tag' as const), bucketName, name }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

interface Session {
  readonly bucketName: (typeof BUCKETS)[number];
  readonly name: string;
  readonly id: bigint;
}

class Pair {
  readonly world = new World();
  readonly model = new Map(BUCKETS.map((bucket) => [bucket, new Map<string, bigint>()]));
  readonly sessions: Session[] = [];

  constructor() {
    this.world.createVolume('vol');
    this.world.createBucket('vol', 'bucket');
    this.world.createBucket('vol', 'versions', { isVersionEnabled: true });
  }

  keys(bucket: (typeof BUCKETS)[number]): Map<string, bigint> {
    return this.model.get(bucket) ?? new Map();
  }

  listed(bucket: string): readonly KeyInfo[] {
    const listKeysRequest = { volumeName: 'vol', bucketName: bucket, count: 1_000 };
    return this.world.run(Type.ListKeys, { listKeysRequest }).body.listKeysResponse?.keyInfo ?? [];
  }

  run(one: Step): void {
    switch (one.does) {
      case 'open': {
        const id = this.world.openKey(one.name, { bucketName: one.bucketName });
        this.sessions.push({ ...one, id });
        return;
      }
      case 'commit': {
        const [session] = this.sessions.splice(one.session, 1);
        if (session === undefined) return;
        const answer = this.world.commitKey(session.name, session.id, { ...session, dataSize: one.dataSize });
        expect(statusName(answer)).toBe('OK');
        this.keys(session.bucketName).set(session.name, one.dataSize);
        return;
      }
      case 'delete': {
        const keys = this.keys(one.bucketName);
        const missing = [...new Set(one.names)].filter((key) => !keys.delete(key));
        const deleteKeys = { volumeName: 'vol', bucketName: one.bucketName, keys: one.names };
        const { body } = this.world.run(Type.DeleteKeys, { deleteKeysRequest: { deleteKeys } });
        expect(body.deleteKeysResponse?.unDeletedKeys?.keys).toEqual(missing);
        return;
      }
      case 'rename': {
        const keys = this.keys(one.bucketName);
        const left = one.pairs.filter(([from, to]) => {
          const size = keys.get(from);
          if (size === undefined || keys.has(to)) return true;
          keys.delete(from);
          keys.set(to, size);
          return false;
        });
        const renameKeysMap = one.pairs.map(([fromKeyName, toKeyName]) => ({ fromKeyName, toKeyName }));
        const renameKeysArgs = { volumeName: 'vol', bucketName: one.bucketName, renameKeysMap };
        const { body } = this.world.run(Type.RenameKeys, { renameKeysRequest: { renameKeysArgs } });
        const unrenamed = body.renameKeysResponse?.unRenamedKeys ?? [];
        expect(unrenamed.map(({ fromKeyName, toKeyName }) => [fromKeyName, toKeyName])).toEqual(left);
        return;
      }
      case 'tag': {
        const args = keyArgs(one.name, { bucketName: one.bucketName, tags: [{ key: 't' }] });
        const answer = this.world.run(Type.PutObjectTagging, { putObjectTaggingRequest: { keyArgs: args } });
        expect(statusName(answer)).toBe(this.keys(one.bucketName).has(one.name) ? 'OK' : 'KEY_NOT_FOUND');
        return;
      }
    }
  }

  check(): void {
    const ids: unknown[] = [];
    for (const bucket of BUCKETS) {
      const listed = this.listed(bucket);
      const expected = [...this.keys(bucket)].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      expect(listed.map(({ keyName, dataSize }) => [keyName, dataSize])).toEqual(expected);
      const bytes = listed.reduce((sum, info) => sum + replicatedBytes(info.dataSize, info), 0n);
      expect(this.world.usage(bucket)).toEqual({ bytes, entries: BigInt(listed.length) });
      ids.push(...listed.map(({ objectID }) => objectID), this.world.bucket('vol', bucket)?.objectID);
    }
    expect(new Set(ids).size).toBe(ids.length);
  }
}

describe('the keys of flat buckets', () => {
  it('are those of a map, counted right, each with an id of its own (NS-KEY-3, NS-KEY-12, NS-KEY-14, NS-QTA-1)', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const pair = new Pair();
        for (const one of steps) {
          pair.run(one);
          pair.check();
        }
      }),
      { numRuns: 150 },
    );
  });
});
