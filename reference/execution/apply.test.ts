import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import type { Operation } from '../namespace/command.js';
import { MemoryState } from '../namespace/test/memory-state.js';
import type { AppliedPosition } from '../storage/state-store.js';
import { encode } from '../wire/plain.js';
import { applyEntry } from './apply.js';
import { canonicalOperation, rollDigest } from './digest.js';
import { encodeEntry, type Transition } from './entry-codec.js';

const { Type, Status, OMRequest } = hadoop.ozone;

const START: AppliedPosition = {
  index: 6,
  term: 2,
  managedIndex: 4n,
  digest: new Uint8Array(32),
  membership: { voters: [1, 2, 3], learners: [], votersOutgoing: [], learnersNext: [], autoLeave: false },
};

const utf8 = (text: string): Uint8Array => Buffer.from(text);
const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex');
const sha256 = (...hexes: string[]): string =>
  createHash('sha256')
    .update(Buffer.from(hexes.join(''), 'hex'))
    .digest('hex');

const put = (key: string, value: string): Operation => ({
  kind: 'put',
  table: 'volume',
  key: utf8(key),
  value: utf8(value),
});
const remove = (key: string): Operation => ({ kind: 'delete', table: 'volume', key: utf8(key) });
const add = (key: string, hexValue: string, operator = 1): Operation => ({
  kind: 'merge',
  table: 'usage',
  key: utf8(key),
  value: Buffer.from(hexValue, 'hex'),
  operator,
});

function transition(operations: readonly Operation[], fields: Partial<Transition> = {}): Transition {
  return {
    type: Type.CreateVolume,
    managedIndex: 5n,
    planTerm: 2n,
    planTimeMs: 1000n,
    operations,
    answer: { status: Status.OK, body: { createVolumeResponse: {} } },
    clientId: 'client',
    ...fields,
  };
}

function entry(data: Uint8Array, fields: { index?: number; term?: number; type?: 0 | 1 | 2 } = {}) {
  return { index: 7, term: 2, type: 0 as const, data, ...fields };
}

/** An entry as another program might write it, field by field. */
function raw(change: (wire: Record<string, unknown>) => void): Uint8Array {
  const wire = {
    managedIndex: 5n,
    batch: { ops: [] as unknown[] },
    response: { cmdType: Type.CreateVolume, status: Status.OK },
    cmdType: Type.CreateVolume,
    envelopeVersion: 1,
    planTerm: 2n,
  };
  change(wire);
  return encode(OMRequest, {
    cmdType: Type.CreateVolume,
    clientId: 'x',
    batchedStateTransitions: { transitions: [wire as never] },
  });
}

describe('applying an entry', () => {
  let state: MemoryState;
  beforeEach(() => {
    state = new MemoryState();
  });
  const apply = (operations: readonly Operation[], fields: Partial<Transition> = {}): AppliedPosition =>
    applyEntry(state, START, entry(encodeEntry(transition(operations, fields))));

  it('carries out the operations in order, each seeing the ones before it (LE-APPLY-1)', () => {
    apply([put('/a', '1'), put('/b', '2'), remove('/a'), add('/c', '0000000000000005'), add('/c', 'fffffffffffffffe')]);
    expect(state.dump()).toEqual([
      `volume ${hex(utf8('/b'))} ${hex(utf8('2'))}`,
      `usage ${hex(utf8('/c'))} 0000000000000003`,
    ]);
  });

  it('moves index, term and id counter, and leaves the membership to its caller', () => {
    expect(apply([])).toMatchObject({ index: 7, term: 2, managedIndex: 5n, membership: START.membership });
    expect(apply([], { managedIndex: 3n }).managedIndex).toBe(4n);
  });

  it('deletes a row that is not there without complaint (LE-APPLY-4)', () => {
    apply([remove('/none')]);
    expect(state.dump()).toEqual([]);
  });

  it.each([
    ['without data', entry(new Uint8Array(0))],
    ['that changes the membership', entry(Buffer.from('0a', 'hex'), { type: 2 })],
    ['that was planned in another term', entry(encodeEntry(transition([put('/a', '1')], { planTerm: 1n })))],
    ['that a later leader took over from the log', entry(encodeEntry(transition([put('/a', '1')])), { term: 3 })],
  ])('only moves on for an entry %s (LE-PLAN-5)', (_title, logEntry) => {
    const after = applyEntry(state, START, logEntry);
    expect(state.dump()).toEqual([]);
    expect(after).toMatchObject({ index: 7, term: logEntry.term, managedIndex: 4n });
    expect(hex(after.digest)).toBe(sha256('00'.repeat(32), '0000000000000007'));
  });

  it('takes an entry once and in its turn (LE-APPLY-3)', () => {
    const data = encodeEntry(transition([]));
    for (const index of [5, 6, 8]) {
      expect(() => applyEntry(state, START, entry(data, { index }))).toThrow(/ENTRY_OUT_OF_ORDER/);
    }
  });

  it('keeps answers and unknown fields out of the digest (LE-APPLY-6)', () => {
    const known = apply([put('/a', '1')]);
    const refused = { status: Status.VOLUME_ALREADY_EXISTS, message: 'is there', body: {} };
    expect(apply([put('/a', '1')], { answer: refused, clientId: 'other', planTimeMs: 5n }).digest).toEqual(
      known.digest,
    );
    const unknownField = Buffer.from('ba3e0161', 'hex'); // field 999, string "a"
    const data = Buffer.concat([encodeEntry(transition([put('/a', '1')])), unknownField]);
    expect(applyEntry(state, START, entry(data)).digest).toEqual(known.digest);
  });
});

describe('an entry that this version cannot carry out stops the group and is named (LE-APPLY-5)', () => {
  const failing =
    (data: Uint8Array, state = new MemoryState()) =>
    () =>
      applyEntry(state, START, entry(data));
  const operations = (ops: unknown[]) => raw((wire) => (wire.batch = { ops }));

  it.each([
    ['bytes that are no request', Buffer.from('ffff', 'hex'), /ENTRY_UNDECODABLE: entry 7/],
    [
      'a request without a planned step',
      encode(OMRequest, { cmdType: Type.CreateVolume, clientId: '' }),
      /ENTRY_UNDECODABLE: entry 7/,
    ],
    ['a newer envelope', raw((wire) => (wire.envelopeVersion = 2)), /ENTRY_NEWER_ENVELOPE: entry 7 .* 2/],
    ['no envelope version', raw((wire) => delete wire.envelopeVersion), /ENTRY_UNDECODABLE: entry 7/],
    ['no plan term', raw((wire) => delete wire.planTerm), /ENTRY_UNDECODABLE: entry 7/],
    ['an unknown kind', Buffer.from(withUnknownKind()), /ENTRY_UNKNOWN_OPERATION: entry 7 .* 9/],
    ['a checkpoint', operations([{ kind: 4 }]), /ENTRY_UNKNOWN_OPERATION: entry 7 .*CHECKPOINT/],
    [
      'an unknown merge operator',
      encodeEntry(transition([add('/c', '0000000000000001', 2)])),
      /ENTRY_UNKNOWN_OPERATION: entry 7 .* 2/,
    ],
    ['an operand of another length', encodeEntry(transition([add('/c', '01')])), /MERGE_FAILED: entry 7.*1 bytes/],
    [
      'a table that is not there',
      encodeEntry(transition([{ kind: 'put', table: 'nowhere', key: utf8('k'), value: utf8('v') }])),
      /nowhere/,
    ],
  ])('%s', (_title, data, error) => {
    expect(failing(data)).toThrow(error);
  });

  it.each([
    ['7fffffffffffffff', '0000000000000001'],
    ['8000000000000000', 'ffffffffffffffff'],
  ])('a sum that leaves 64 bits: %s and %s', (present, operand) => {
    const state = new MemoryState();
    state.put('usage', utf8('/c'), Buffer.from(present, 'hex'));
    expect(failing(encodeEntry(transition([add('/c', operand)])), state)).toThrow(/MERGE_FAILED/);
  });

  it('a row that is no counter', () => {
    const state = new MemoryState();
    state.put('usage', utf8('/c'), utf8('text'));
    expect(failing(encodeEntry(transition([add('/c', '0000000000000001')])), state)).toThrow(/MERGE_FAILED.*4 bytes/);
  });

  function withUnknownKind(): Uint8Array {
    const bytes = Buffer.from(operations([{ kind: 2, column_family: utf8('vvvvvv'), key: utf8('k') }]));
    const at = bytes.indexOf(Buffer.from('08021206', 'hex'));
    bytes[at + 1] = 9;
    return bytes;
  }
});

/** Computed by hand from docs/spec/wire-binding.md §4, not by the code under test. */
describe('the canonical form of an operation', () => {
  it.each([
    [put('k', 'v1'), '01 00000006 766f6c756d65 00000001 6b 00000002 7631 00000000'],
    [remove('k'), '02 00000006 766f6c756d65 00000001 6b 00000000 00000000'],
    [add('k', '0000000000000001'), '03 00000005 7573616765 00000001 6b 00000008 0000000000000001 00000001'],
    [{ kind: 'checkpoint' } as const, '04 00000000 00000000 00000000 00000000'],
  ])('%o', (operation, expected) => {
    expect(hex(canonicalOperation(operation))).toBe(expected.replaceAll(' ', ''));
  });
});

describe('the rolling digest', () => {
  it('is SHA-256 over the last one, the index and the operations', () => {
    const before = createHash('sha256').update('before').digest();
    const operations = [put('k', 'v1'), remove('k')];
    const first = '0100000006766f6c756d65000000016b00000002763100000000';
    const second = '0200000006766f6c756d65000000016b0000000000000000';
    expect(hex(rollDigest(before, 258, operations))).toBe(sha256(hex(before), '0000000000000102', first, second));
  });

  it('has the value that another implementation computed', () => {
    // Python: hashlib.sha256(bytes(32) + (1).to_bytes(8, 'big')).hexdigest()
    expect(hex(rollDigest(new Uint8Array(32), 1, []))).toBe(KNOWN_FIRST);
  });
});

const KNOWN_FIRST = '08e00266fff0aacc64974f22a53622a7dc458ac1b5fd446ae7c99a4a99a564e6';
