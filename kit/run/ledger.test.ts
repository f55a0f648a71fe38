import { describe, expect, test } from 'vitest';
import { hadoop } from '#proto';
import type { OMRequest, Outcome } from '../wire/outcome.js';
import { encode } from '../wire/plain.js';
import { Ledger, recorded } from './ledger.js';

const { Status, Type } = hadoop.ozone;
const base = { node: 'om1', sentAtMs: 0, endedAtMs: 1, trailers: new Map<string, string>(), callNumber: 1 };
type Ask = Omit<OMRequest, 'clientId'>;

const create = (volume: string): Ask => ({
  cmdType: Type.CreateVolume,
  createVolumeRequest: { volumeInfo: { adminName: 'a', ownerName: 'o', volume } },
});
const remove = (volumeName: string): Ask => ({ cmdType: Type.DeleteVolume, deleteVolumeRequest: { volumeName } });
const bucket = (volumeName: string, bucketName: string): Ask => ({
  cmdType: Type.CreateBucket,
  createBucketRequest: {
    bucketInfo: { volumeName, bucketName, isVersionEnabled: false, storageType: hadoop.hdds.StorageTypeProto.DISK },
  },
});

type Ending = 'ok' | 'exists' | 'refused' | 'refused-surely' | 'silent' | 'garbage';
function outcome(request: Ask, ending: Ending): Outcome {
  const asked = { ...request, clientId: 'c' };
  const answered = (status: hadoop.ozone.Status): Outcome => ({
    ...base,
    request: asked,
    kind: 'answered',
    response: { cmdType: request.cmdType, status },
  });
  const refused = {
    ...base,
    request: asked,
    kind: 'refused',
    code: 13,
    details: '',
    className: 'X',
    suggestedLeader: undefined,
  } as const;
  switch (ending) {
    case 'ok':
      return answered(Status.OK);
    case 'exists':
      return answered(Status.VOLUME_ALREADY_EXISTS);
    case 'refused':
      return refused;
    case 'refused-surely':
      return { ...refused, trailers: new Map([['om-outcome', 'none']]) };
    case 'silent':
      return { ...base, request: asked, kind: 'unanswered', why: 'deadline', details: '' };
    case 'garbage':
      return { ...base, request: asked, kind: 'unreadable', details: '' };
  }
}

describe('what a run has made', () => {
  test.each<[string, Ending, boolean]>([
    ['omc-abcdef-v1', 'ok', true],
    ['omc-abcdef-v1', 'exists', false],
    ['omc-abcdef-v1', 'refused', true],
    ['omc-abcdef-v1', 'refused-surely', false],
    ['omc-abcdef-v1', 'silent', true],
    ['omc-abcdef-v1', 'garbage', true],
    // Names that a scenario made on purpose: ours only when the server said that it made them.
    ['A_bad_name', 'ok', true],
    ['A_bad_name', 'silent', false],
    ['omc-zzzzzz-v1', 'silent', false],
  ])('volume %s, creation %s: kept is %s', (volume, ending, kept) => {
    const ledger = new Ledger('omc-abcdef-');
    ledger.note({ ...create(volume), clientId: 'c' }, outcome(create(volume), ending));
    expect([...ledger.volumes.keys()]).toEqual(kept ? [volume] : []);
  });

  test('what was removed is forgotten, but only when that is sure', () => {
    const ledger = new Ledger('omc-abcdef-');
    const note = (request: Ask, ending: Ending) => ledger.note({ ...request, clientId: 'c' }, outcome(request, ending));
    note(create('omc-abcdef-v1'), 'ok');
    note(remove('omc-abcdef-v1'), 'silent');
    expect([...ledger.volumes.keys()]).toEqual(['omc-abcdef-v1']);
    note(remove('omc-abcdef-v1'), 'ok');
    expect([...ledger.volumes.keys()]).toEqual([]);
  });

  test('a bucket whose volume was never seen is found through its volume', () => {
    const ledger = new Ledger('omc-abcdef-');
    ledger.note({ ...bucket('omc-abcdef-v1', 'b'), clientId: 'c' }, outcome(bucket('omc-abcdef-v1', 'b'), 'silent'));
    expect([...(ledger.volumes.get('omc-abcdef-v1')?.keys() ?? [])]).toEqual(['b']);
  });

  test.each<[string, Uint8Array, string[]]>([
    // What the request itself names is replaced by what a server reads last.
    ['a command', encode(hadoop.ozone.OMRequest, { ...create('omc-abcdef-v2'), clientId: 'c' }), ['omc-abcdef-v2']],
    ['a field that nobody knows', Uint8Array.of(0xf8, 0xff, 0x03, 1), []],
    ['what nobody can read', Uint8Array.of(0xff), []],
  ])('a recorded client notes what was sent, also when %s was appended to the request', async (_, extraBytes, made) => {
    const ledger = new Ledger('omc-abcdef-');
    const client = recorded({ call: async (_node, request) => outcome(request, 'ok') }, ledger);
    await client.call('om1', { cmdType: Type.CreateVolume }, { extraBytes });
    expect([...ledger.volumes.keys()]).toEqual(made);
  });

  test('a recorded client hands outcomes through and notes them', async () => {
    const ledger = new Ledger('omc-abcdef-');
    const client = recorded({ call: async (_, request) => outcome(request, 'ok') }, ledger);
    expect((await client.call('om1', create('omc-abcdef-v1'))).kind).toBe('answered');
    expect([...ledger.volumes.keys()]).toEqual(['omc-abcdef-v1']);
  });
});
