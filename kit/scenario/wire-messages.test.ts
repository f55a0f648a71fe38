import { describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import { answered } from '../assert/test/outcomes.js';
import { namesOf } from '../run/names.js';
import { fieldsOf } from '../wire/fields.js';
import { decode } from '../wire/plain.js';
import { ADDRESS_HEADERS, actingAs, makeAs, readOfMade } from './acting-user.js';
import { askedOfNothing, bare, COMMAND_NAMES, FOREIGN_COMMANDS, underNumber } from './command-message.js';
import { damaged, FAULTS, wholeMessage, withNameThatIsNoText } from './damaged-message.js';
import { ofSize } from './large-message.js';
import { LeaderLine } from './leader-line.js';
import { ScenarioNames } from './names.js';
import { type Operation, requestOf } from './operation.js';
import { surveyOf } from './survey.js';
import { scriptedRun } from './test/scripted.js';

const { OMRequest, Type } = hadoop.ozone;
const createVolume = requestOf({ kind: 'create-volume', volume: 'v', owner: 'o', quota: undefined });
const createBucket = requestOf({ kind: 'create-bucket', volume: 'v', bucket: 'b' });
/** Damage that this project's own reader lets through (StrictReader of the reference is there for it). */
const PASSED_OVER = 'ends with a number of eleven bytes';

describe('damaged', () => {
  it.each(FAULTS.filter((fault) => fault !== PASSED_OVER))('a request that %s cannot be read', (fault) => {
    const message = /bucket|versions|stored/.test(fault) ? createBucket : createVolume;
    expect(() => decode(OMRequest, wholeMessage(message))).not.toThrow();
    expect(() => decode(OMRequest, damaged(message, fault))).toThrow();
  });
  it('leaves what stands before a bad end as it is', () => {
    const whole = Buffer.from(wholeMessage(createVolume));
    for (const fault of FAULTS.filter((one) => one.startsWith('ends with'))) {
      expect(Buffer.from(damaged(createVolume, fault)).subarray(0, whole.length)).toEqual(whole);
    }
  });
  it('says what it cannot damage', () => {
    expect(() => damaged(createVolume, 'does not name the bucket')).toThrow('a CreateVolume has no such part');
  });
  it.each<Operation>([
    { kind: 'create-volume', volume: 'v', owner: 'o', quota: undefined },
    { kind: 'read-volume', volume: 'v' },
    { kind: 'set-owner', volume: 'v', owner: 'o' },
    { kind: 'delete-volume', volume: 'v' },
    { kind: 'create-bucket', volume: 'v', bucket: 'b' },
  ])('a name that is no text, in $kind', (operation) => {
    const read = decode(OMRequest, withNameThatIsNoText(requestOf(operation)));
    expect(JSON.stringify(read, (_, value: unknown) => (typeof value === 'bigint' ? 0 : value))).toContain('"v\ufffd"');
  });
});

describe('underNumber', () => {
  it.each([0, 91, -1, 2 ** 31 - 1])('%i stands in the place of the command, and nothing else has changed', (number) => {
    const fields = fieldsOf(underNumber(createVolume, number));
    expect(fields.slice(1)).toEqual(fieldsOf(wholeMessage(createVolume)).slice(1));
    expect(fields[0]?.number).toBe(1);
  });
  it('the number of another command makes it that command', () => {
    expect(decode(OMRequest, underNumber(createVolume, Type.ListTrash)).cmdType).toBe(Type.ListTrash);
  });
});

describe('commands', () => {
  const nowhere = { volume: 'no-volume', bucket: 'no-bucket', key: 'no-key' };
  it.each(FOREIGN_COMMANDS)('%s says where it looks', (command) => {
    const message = Buffer.from(askedOfNothing(command, nowhere));
    expect(decode(OMRequest, message).cmdType).toBe(Type[command]);
    expect(/no-(?:volume|key)/.test(message.toString('latin1'))).toBe(true);
    const [request] = fieldsOf(message).slice(-1);
    expect(() => fieldsOf(request?.content ?? Buffer.of(0xff))).not.toThrow();
  });
  it('are all that there are', () => {
    expect(COMMAND_NAMES).toContain('UnknownCommand');
    expect(COMMAND_NAMES).toHaveLength(new Set(Object.values(Type).filter((value) => typeof value === 'number')).size);
    expect(bare('DeleteVolume')).toEqual({ cmdType: Type.DeleteVolume });
  });
});

describe('ofSize', () => {
  it.each([200, 300, 20_000, 4 << 20])('%i bytes, and the same request', (bytes) => {
    const message = ofSize(createVolume, bytes);
    expect(message).toHaveLength(bytes);
    expect(decode(OMRequest, message)).toEqual(decode(OMRequest, wholeMessage(createVolume)));
  });
  it('says that a size is too small', () => {
    expect(() => ofSize(createVolume, 10)).toThrow('no message of 10 bytes');
  });
});

it('actingAs: the user is always named, the headers are those that are asked for', () => {
  const sent = ADDRESS_HEADERS.map((headers) => actingAs(createVolume, 'carol', headers));
  expect(sent.every(({ request }) => request.userInfo?.userName === 'carol')).toBe(true);
  expect(sent.map(({ options }) => Object.keys(options.metadata ?? {}))).toEqual([
    ['client_hostname', 'client_ip_address'],
    ['client_hostname'],
    ['client_ip_address'],
    [],
  ]);
});

it('makeAs: a key takes two steps for the same user, and is read as what it is', async () => {
  const { run, calls } = scriptedRun(({ request }) =>
    answered('OK', {}, request.cmdType === Type.CreateKey ? { createKeyResponse: { ID: 2n ** 63n } } : {}),
  );
  const place = { volume: 'v', bucket: 'b' };
  await makeAs(new LeaderLine(run), 'a key', place, 'carol', 'both address headers');
  const steps = calls.filter(({ command }) => command.endsWith('Key'));
  expect(steps.map(({ command }) => command)).toEqual(['CreateKey', 'CommitKey']);
  expect(steps[1]?.request.commitKeyRequest?.clientID).toBe(2n ** 63n);
  for (const { request, options } of steps) {
    expect(request.userInfo).toEqual({ userName: 'carol' });
    expect(Object.keys(options?.metadata ?? {})).toHaveLength(2);
  }
  expect(readOfMade('a key', place).cmdType).toBe(Type.GetKeyInfo);
  expect(readOfMade('a directory', place).cmdType).toBe(Type.GetFileStatus);
});

it('makeAs: a key that was not opened is not committed', async () => {
  const { run, calls } = scriptedRun(({ command }) => answered(command === 'CreateKey' ? 'BUCKET_NOT_FOUND' : 'OK'));
  const outcome = await makeAs(
    new LeaderLine(run),
    'a key',
    { volume: 'v', bucket: 'b' },
    'carol',
    'no address header',
  );
  expect(outcome.request.cmdType).toBe(Type.CreateKey);
  expect(calls.map(({ command }) => command)).not.toContain('CommitKey');
});

it('surveyOf: what is there, the list of it, and what has no name', () => {
  const names = new ScenarioNames(namesOf('abc123'));
  const reads = surveyOf(names, [
    { volume: 'v' },
    { volume: 'v', bucket: 'b' },
    { volume: 'v', bucket: 'b', key: 'k' },
  ]);
  expect(reads).toEqual([
    { kind: 'read-volume', volume: 'v' },
    { kind: 'read-bucket', volume: 'v', bucket: 'b' },
    { kind: 'read-key', volume: 'v', bucket: 'b', key: 'k' },
    expect.objectContaining({ cmdType: Type.ListVolume }),
    { kind: 'read-volume', volume: '' },
    { kind: 'read-bucket', volume: '', bucket: '' },
  ]);
});
