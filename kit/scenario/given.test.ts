import { describe, expect, it } from 'vitest';
import { answered, notLeader, volume } from '../assert/test/outcomes.js';
import { volumeIn } from '../assert/volume-read.js';
import { bringAbout, readGiven } from './given.js';
import { LeaderLine } from './leader-line.js';
import type { Operation } from './operation.js';
import { type Answers, ok, scriptedRun } from './test/scripted.js';

const create: Operation = { kind: 'create-volume', volume: 'alpha', owner: 'ann', quota: undefined };
const read: Operation = { kind: 'read-volume', volume: 'alpha' };

function line(answers: Answers) {
  const { run, calls } = scriptedRun((call, number) => (call.command === 'EchoRPC' ? ok : answers(call, number)));
  const sent = () => calls.filter(({ command }) => command !== 'EchoRPC').length;
  return { line: new LeaderLine(run), sent };
}

describe('bringAbout', () => {
  it('sends a write once where it is accepted', async () => {
    const { line: to, sent } = line(() => ok);
    await bringAbout(to, create);
    expect(sent()).toBe(1);
  });
  it('sends it again where leadership moved, and takes "exists" for done', async () => {
    let asked = 0;
    const { line: to, sent } = line(() => {
      asked += 1;
      return asked === 1 ? notLeader() : answered('VOLUME_ALREADY_EXISTS');
    });
    expect(await bringAbout(to, create)).toMatchObject({ kind: 'answered' });
    expect(sent()).toBe(2);
  });
  it.each<[string, Answers]>([
    ['exists at once', () => answered('VOLUME_ALREADY_EXISTS')],
    ['fails', () => answered('INTERNAL_ERROR')],
    ['is refused for longer than a failover takes', () => notLeader()],
  ])('blames the environment where it %s', async (_, answers) => {
    const { line: to } = line(answers);
    await expect(bringAbout(to, create)).rejects.toMatchObject({ code: 'GIVEN_NOT_MET', blame: 'environment' });
  });
});

describe('readGiven', () => {
  it('waits for the record', async () => {
    let asked = 0;
    const { line: to } = line(() => {
      asked += 1;
      return asked < 3 ? answered('VOLUME_NOT_FOUND') : volume();
    });
    expect(await readGiven(to, read, volumeIn)).toMatchObject({ volume: 'alpha', ownerName: 'ann' });
  });
  it('blames the environment where it does not come', async () => {
    const { line: to } = line(() => answered('VOLUME_NOT_FOUND'));
    await expect(readGiven(to, read, volumeIn)).rejects.toMatchObject({ code: 'GIVEN_NOT_MET' });
  });
});
