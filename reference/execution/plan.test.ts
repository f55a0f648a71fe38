import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import { isRead, isWrite, type OMRequest, type WriteCommand } from '../namespace/command.js';
import { commandFor } from '../namespace/registry.js';
import { MemoryState } from '../namespace/test/memory-state.js';
import type { AppliedPosition } from '../storage/state-store.js';
import { applyEntry } from './apply.js';
import { decodeEntry } from './entry-codec.js';
import { objectIdOf } from './object-ids.js';
import { type PlanInput, plannerOf } from './plan.js';

const { Type, Status, BucketLayoutProto } = hadoop.ozone;
const planMain = plannerOf(0);

const START: AppliedPosition = {
  index: 0,
  term: 0,
  managedIndex: 0n,
  digest: new Uint8Array(32),
  membership: { voters: [1], learners: [], votersOutgoing: [], learnersNext: [], autoLeave: false },
};

function createVolume(volume: string, ownerName = 'own'): OMRequest {
  return {
    cmdType: Type.CreateVolume,
    clientId: 'c',
    createVolumeRequest: { volumeInfo: { adminName: 'a', ownerName, volume } },
  };
}

function writeFor(request: OMRequest): WriteCommand {
  const command = commandFor(request);
  if (!isWrite(command)) throw new Error('not a write');
  return command;
}

function input(state: MemoryState, request: OMRequest, fields: Partial<PlanInput> = {}): PlanInput {
  return {
    view: state,
    command: writeFor(request),
    request,
    user: 'root',
    term: 3,
    managedIndex: 1n,
    nowMs: 1000n,
    ...fields,
  };
}

describe('a plan', () => {
  it('is the entry with changes, answer and circumstances (LE-PLAN-2, LE-PLAN-5)', () => {
    const planned = planMain(
      input(new MemoryState(), createVolume('vol'), {
        call: { callId: 9n, requestDigest: new Uint8Array(32), forget: [] },
        managedIndex: 7n,
      }),
    );
    const [step, ...others] = decodeEntry(planned.entry, 1);
    expect(others).toEqual([]);
    expect(step).toMatchObject({
      type: Type.CreateVolume,
      managedIndex: 7n,
      planTerm: 3n,
      planTimeMs: 1000n,
      clientId: 'c',
      callId: 9n,
      answer: planned.answer,
    });
    expect(step?.operations.map(({ kind }) => kind)).toEqual(['put', 'put']);
    expect(planned.answer).toEqual({ status: Status.OK, body: { createVolumeResponse: {} } });
  });

  it('that is refused is an entry that changes nothing (LE-PLAN-3)', () => {
    const request: OMRequest = {
      cmdType: Type.DeleteVolume,
      clientId: 'c',
      deleteVolumeRequest: { volumeName: 'none' },
    };
    const planned = planMain(input(new MemoryState(), request));
    expect(planned.answer).toMatchObject({ status: Status.VOLUME_NOT_FOUND, body: {} });
    expect(decodeEntry(planned.entry, 1)).toMatchObject([{ operations: [], answer: planned.answer }]);
  });

  it('is not made of a request that is wrong in any state, whoever asked (LE-PLAN-6)', () => {
    const planned = planMain(input(new MemoryState(), createVolume('BAD')));
    expect(planned.answer.status).toBe(Status.INVALID_VOLUME_NAME);
    expect(decodeEntry(planned.entry, 1)).toMatchObject([{ operations: [] }]);
  });

  it('has ids of its group', () => {
    const state = new MemoryState();
    const { entry } = plannerOf(3)(input(state, createVolume('vol'), { managedIndex: 5n }));
    applyEntry(state, START, { index: 1, term: 3, type: 0, data: entry });
    const info = commandFor({ cmdType: Type.InfoVolume, clientId: 'c' });
    if (!isRead(info)) throw new Error('not a read');
    const request = { cmdType: Type.InfoVolume, clientId: 'c', infoVolumeRequest: { volumeName: 'vol' } };
    expect(
      info.answer(state, request, { user: 'root', services: () => [] }).body.infoVolumeResponse?.volumeInfo,
    ).toMatchObject({
      objectID: objectIdOf(3, 5n),
      updateID: 5n,
    });
  });

  it('never has a CHECKPOINT among other operations (LE-APPLY-7)', () => {
    const command: WriteCommand = {
      ...writeFor(createVolume('vol')),
      plan: () => ({
        operations: [{ kind: 'checkpoint' }, { kind: 'delete', table: 'volume', key: new Uint8Array(1) }],
        answer: { status: Status.OK, body: {} },
      }),
    };
    expect(() => planMain(input(new MemoryState(), createVolume('vol'), { command }))).toThrow(/CHECKPOINT/);
  });
});

const name = fc.constantFrom('aaa', 'bbb', 'bbb-c', 'BAD');
const owner = fc.constantFrom('own', 'alice', '');
const quota = fc.constantFrom(undefined, 0n, 100n, 1000n, 2n ** 64n - 1n);
const anyWrite: fc.Arbitrary<OMRequest> = fc.oneof(
  fc.tuple(name, owner).map(([volume, ownerName]) => createVolume(volume, ownerName)),
  fc.tuple(name, fc.option(owner, { nil: undefined }), quota).map(
    ([volumeName, ownerName, quotaInBytes]): OMRequest => ({
      cmdType: Type.SetVolumeProperty,
      clientId: 'c',
      setVolumePropertyRequest: { volumeName, ownerName, quotaInBytes },
    }),
  ),
  name.map(
    (volumeName): OMRequest => ({ cmdType: Type.DeleteVolume, clientId: 'c', deleteVolumeRequest: { volumeName } }),
  ),
  fc.tuple(name, name, fc.constantFrom(-2n, 60n)).map(
    ([volumeName, bucketName, quotaInBytes]): OMRequest => ({
      cmdType: Type.CreateBucket,
      clientId: 'c',
      createBucketRequest: {
        bucketInfo: {
          volumeName,
          bucketName,
          isVersionEnabled: false,
          storageType: hadoop.hdds.StorageTypeProto.DISK,
          bucketLayout: BucketLayoutProto.OBJECT_STORE,
          quotaInBytes,
        },
      },
    }),
  ),
  fc.tuple(name, name).map(
    ([volumeName, bucketName]): OMRequest => ({
      cmdType: Type.DeleteBucket,
      clientId: 'c',
      deleteBucketRequest: { volumeName, bucketName },
    }),
  ),
  fc.constant<OMRequest>({
    cmdType: Type.EchoRPC,
    clientId: 'c',
    EchoRPCRequest: { readOnly: false, payloadSizeResp: 3 },
  }),
);

/** Plans and applies as a leader, and gives the log. */
function lead(requests: readonly OMRequest[]) {
  const state = new MemoryState();
  let position = START;
  const log: Uint8Array[] = [];
  for (const request of requests) {
    const managedIndex = position.managedIndex + 1n;
    const index = position.index + 1;
    const { entry } = planMain(input(state, request, { managedIndex, nowMs: 1000n + BigInt(index) }));
    log.push(entry);
    position = applyEntry(state, position, { index, term: 3, type: 0, data: entry });
  }
  return { state, position, log };
}

describe('any sequence of writes', () => {
  it('gives equal bytes for equal inputs (LE-PLAN-4), and a follower ends where the leader does (LE-DET-1)', () => {
    fc.assert(
      fc.property(fc.array(anyWrite, { maxLength: 40 }), (requests) => {
        const leader = lead(requests);
        const again = lead(structuredClone(requests));
        expect(again.log.map((entry) => Buffer.from(entry).toString('hex'))).toEqual(
          leader.log.map((entry) => Buffer.from(entry).toString('hex')),
        );
        const follower = new MemoryState();
        let position = START;
        for (const [at, data] of leader.log.entries()) {
          position = applyEntry(follower, position, { index: at + 1, term: 3, type: 0, data });
        }
        expect(follower.dump()).toEqual(leader.state.dump());
        expect(position).toEqual(leader.position);
      }),
      { numRuns: 60 },
    );
  });

  it('counts each volume’s buckets as they are (NS-QTA-1)', () => {
    fc.assert(
      fc.property(fc.array(anyWrite, { maxLength: 60 }), (requests) => {
        const { state } = lead(requests);
        for (const [key] of state.scan('volume', {})) {
          const prefix = Buffer.concat([key, Buffer.from('/')]);
          const rows = BigInt([...state.scan('bucket', { prefix })].length);
          const counted = state.get('usage', key);
          expect(counted === undefined ? 0n : Buffer.from(counted).readBigInt64BE()).toBe(rows);
        }
        for (const [key] of state.scan('usage', {})) expect(state.get('volume', key)).toBeDefined();
        expect([...state.scan('userVolume', {})].length).toBe([...state.scan('volume', {})].length);
      }),
      { numRuns: 60 },
    );
  });

  it('changes only what it holds locks for (LE-LOCK-1)', () => {
    const write = (request: OMRequest, state: MemoryState): readonly string[] =>
      writeFor(request)
        .locks(state, request)
        .map((lock) =>
          lock.kind === 'slot' ? `slot ${lock.parentObjectId}/${lock.name}` : `${lock.mode} ${lock.objectId}`,
        );
    const { state } = lead([createVolume('aaa')]);
    const id = objectIdOf(0, 1n);
    const bucket = { volumeName: 'aaa', bucketName: 'bbb' };
    expect(write(createVolume('aaa'), state)).toEqual(['shared 0', 'slot 0/aaa']);
    expect(
      write({ cmdType: Type.DeleteVolume, clientId: '', deleteVolumeRequest: { volumeName: 'aaa' } }, state),
    ).toEqual(['shared 0', 'slot 0/aaa', `exclusive ${id}`]);
    expect(
      write({ cmdType: Type.SetVolumeProperty, clientId: '', setVolumePropertyRequest: { volumeName: 'aaa' } }, state),
    ).toEqual([`exclusive ${id}`]);
    expect(
      write({ cmdType: Type.SetVolumeProperty, clientId: '', setVolumePropertyRequest: { volumeName: 'none' } }, state),
    ).toEqual(['shared 0', 'slot 0/none']);
    expect(write({ cmdType: Type.DeleteBucket, clientId: '', deleteBucketRequest: bucket }, state)).toEqual([
      `shared ${id}`,
      `slot ${id}/bbb`,
    ]);
  });
});
