import { describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import { encodeChecked } from '../wire/request-check.js';
import { type Command, described } from './command.js';
import { requestOf } from './request.js';
import { Sightings } from './sightings.js';
import { box, committed, key, link, stateAfter, tree } from './test/commands.js';
import { WireNames } from './wire-names.js';

const volume: Command = { kind: 'create-volume', volume: 'one', owner: 'ann', quotaInBytes: -1n, quotaInNamespace: 3n };
const [open, commit] = committed(box, 'a');
const place = { volume: 'one', bucket: 'box' };

const EVERY: { readonly [K in Command['kind']]: Extract<Command, { readonly kind: K }> | Command } = {
  'create-volume': volume,
  'set-volume': { kind: 'set-volume', volume: 'one', owner: 'bob', quotaInBytes: -1n, quotaInNamespace: -1n },
  'info-volume': { kind: 'info-volume', volume: 'one' },
  'delete-volume': { kind: 'delete-volume', volume: 'one' },
  'create-bucket': { ...link, owner: 'ann', metadata: { m: '1' }, quotaInBytes: 5n, quotaInNamespace: 0n },
  'set-bucket': {
    kind: 'set-bucket',
    ...place,
    owner: 'bob',
    versioned: true,
    ssd: true,
    metadata: { m: '' },
    quotaInBytes: -1n,
  },
  'info-bucket': { kind: 'info-bucket', ...place },
  'delete-bucket': { kind: 'delete-bucket', ...place },
  'list-buckets': { kind: 'list-buckets', volume: 'one', startKey: 'a', prefix: '', count: -1 },
  'create-key': { ...open, owner: 'ann', metadata: { m: '1' }, tags: { t: '' }, expects: 'never', dataSize: 10 },
  'create-file': { kind: 'create-file', ...key(tree, 'd/f'), recursive: true, overwrite: false, dataSize: 0 },
  'commit-key': { ...commit, metadata: { m: '2' }, dataSize: 25 },
  'allocate-block': { kind: 'allocate-block', session: 0 },
  'lookup-key': { kind: 'lookup-key', ...key(box, 'a') },
  'get-key-info': { kind: 'get-key-info', ...key(box, '\u{10000}') },
  'get-tags': { kind: 'get-tags', ...key(box, 'a') },
  'put-tags': { kind: 'put-tags', ...key(box, 'a'), tags: { t: 'é' } },
  'delete-tags': { kind: 'delete-tags', ...key(box, 'a') },
  'delete-key': { kind: 'delete-key', ...key(box, 'a'), recursive: true },
  'delete-keys': { kind: 'delete-keys', ...place, keys: ['a', '', 'x\0y'] },
  'rename-key': { kind: 'rename-key', ...key(box, 'a'), to: 'b' },
  'rename-keys': { kind: 'rename-keys', ...place, pairs: [{ from: 'a', to: 'b' }] },
  'list-keys': { kind: 'list-keys', ...place, light: true, startKey: '', prefix: 'a/', count: 5000 },
  'create-directory': { kind: 'create-directory', ...key(tree, 'd') },
  'get-file-status': { kind: 'get-file-status', ...key(tree, '') },
  'list-status': { kind: 'list-status', ...key(tree, 'd'), startKey: 'd/a', entries: 2 },
};

describe('requestOf', () => {
  const state = stateAfter([volume, box, tree, open]);

  it.each(Object.entries(EVERY))('says on the wire what is asked: %s', (_, command) => {
    const request = requestOf(state, command, new WireNames('omc-x-'), new Sightings());
    expect(request).toBeDefined();
    expect(() =>
      encodeChecked(hadoop.ozone.OMRequest, command.kind, { ...request, clientId: 'c' } as never),
    ).not.toThrow();
  });

  it('gives volumes the names of the run', () => {
    const request = requestOf(state, EVERY['info-volume'], new WireNames('omc-x-'), new Sightings());
    expect(request?.infoVolumeRequest?.volumeName).toBe('omc-x-one');
  });

  it('names a session by the number that the OM gave it, and another where it gave none', () => {
    const sightings = new Sightings();
    const asked = () => requestOf(state, commit, new WireNames(''), sightings)?.commitKeyRequest?.clientID;
    expect(asked()).toBe(5n);
    const session = state.opened.at(-1)?.session ?? 0;
    sightings.remember({ chosen: 'session', token: session }, 99n);
    expect(asked()).toBe(99n);
  });

  it('sends no commit while nothing was opened', () => {
    expect(requestOf(stateAfter([volume, box]), commit, new WireNames(''), new Sightings())).toBeUndefined();
  });
});

describe('described', () => {
  it.each<[Command, string]>([
    [volume, 'create-volume one owner="ann" quotaInBytes=-1 quotaInNamespace=3'],
    [EVERY['rename-key'], 'rename-key one/box/"a" to="b"'],
    [EVERY['delete-keys'], 'delete-keys one/box keys=["a","","x\\u0000y"]'],
  ])('%o', (command, line) => {
    expect(described(command)).toBe(line);
  });
});
