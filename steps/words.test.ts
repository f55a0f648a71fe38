import { describe, expect, it } from 'vitest';
import { namesOf } from '../kit/run/names.js';
import { ScenarioNames } from '../kit/scenario/names.js';
import { SOME_OWNER } from '../kit/scenario/operation.js';
import { BUCKET } from './words/buckets.js';
import { QUOTA, readQuota, VOLUME, VOLUME_WITH, VOLUMES } from './words/volumes.js';
import { OPERATION, readExisting, readOperation, readSubject } from './words.js';

const names = () => new ScenarioNames(namesOf('abc123'));
const alpha = 'omc-abc123-v1-alpha';
const whole = (regexp: RegExp) => new RegExp(`^(?:${regexp.source})$`);

describe('operations', () => {
  it.each([
    ['creates volume "alpha"', { kind: 'create-volume', volume: alpha, owner: SOME_OWNER, quota: undefined }],
    ['creates volume "alpha" of "ann"', { kind: 'create-volume', volume: alpha, owner: 'ann', quota: undefined }],
    [
      'creates volume "alpha" of "ann" with a quota of 5 bytes and 1 bucket',
      { kind: 'create-volume', volume: alpha, owner: 'ann', quota: { bytes: 5n, buckets: 1n } },
    ],
    [
      'creates volume "alpha" with a quota of no limit',
      { kind: 'create-volume', volume: alpha, owner: SOME_OWNER, quota: { bytes: -1n, buckets: -1n } },
    ],
    ['creates a volume named exactly ""', { kind: 'create-volume', volume: '', owner: SOME_OWNER, quota: undefined }],
    [
      'creates a volume named exactly " a"',
      { kind: 'create-volume', volume: ' a', owner: SOME_OWNER, quota: undefined },
    ],
    [
      'creates a volume with a name of 20 characters',
      { kind: 'create-volume', volume: 'omc-abc123-v1-xxxxxx', owner: SOME_OWNER, quota: undefined },
    ],
    ['reads volume "alpha"', { kind: 'read-volume', volume: alpha }],
    ['deletes volume "alpha"', { kind: 'delete-volume', volume: alpha }],
    ['gives volume "alpha" to "bob"', { kind: 'set-owner', volume: alpha, owner: 'bob' }],
    ['limits volume "alpha" to 1 byte', { kind: 'set-quota', volume: alpha, quota: { bytes: 1n, buckets: undefined } }],
    ['limits volume "alpha" to no limit', { kind: 'set-quota', volume: alpha, quota: { bytes: -1n, buckets: -1n } }],
    ['creates bucket "box" in volume "alpha"', { kind: 'create-bucket', volume: alpha, bucket: 'omc-abc123-box' }],
    ['reads bucket "box" in volume "alpha"', { kind: 'read-bucket', volume: alpha, bucket: 'omc-abc123-box' }],
    ['deletes bucket "box" in volume "alpha"', { kind: 'delete-bucket', volume: alpha, bucket: 'omc-abc123-box' }],
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
