import { describe, expect, it } from 'vitest';
import type { ChangeAnswer, GroupStatus } from '../control/control.js';
import { EnvironmentError } from '../failure.js';
import type { RunContext } from '../run/context.js';
import { MemberChanges } from './member-changes.js';
import { ok, scriptedRun } from './test/scripted.js';

/** A cluster of om1, om2 and om3 that does what it is told; om3 is what the scenarios are about. */
function cluster(refuse: (change: string, times: number) => boolean = () => false) {
  const done: string[] = [];
  const asked = new Map<string, number>();
  let om3: { id: bigint; role: GroupStatus['role']; up: boolean; erased: boolean; admitted: boolean } = {
    ...{ id: 3n, role: 'follower', up: true, erased: false, admitted: true },
  };
  const state = (): ChangeAnswer => ({ kind: 'done', member: om3.id, voters: ['om1', 'om2'], learners: [] });
  const control = {
    status: async () => {
      if (!om3.up) throw new EnvironmentError('CONTROL_FAILED', 'om3 is down');
      return [{ group: 'main', role: om3.role, member: om3.id }];
    },
    dropReplica: async (node: string) => {
      done.push(`erase ${node}`);
      om3 = { ...om3, up: false, erased: true };
      return '/data/om3';
    },
    changeMembership: async (change: string): Promise<ChangeAnswer> => {
      const times = (asked.get(change) ?? 0) + 1;
      asked.set(change, times);
      if (refuse(change, times)) return { kind: 'refused', why: 'not now' };
      done.push(change);
      if (change === 'remove') om3 = { ...om3, admitted: false };
      if (change === 'add learner' && !om3.admitted)
        om3 = { ...om3, admitted: true, id: om3.id + 4096n, role: 'learner' };
      if (change === 'promote') om3 = { ...om3, role: 'follower' };
      return state();
    },
  };
  const { run } = scriptedRun(() => ok);
  Object.assign(run.target, {
    restartNode: async (node: string) => {
      if (om3.erased && om3.role !== 'learner') throw new EnvironmentError('NODE_START_FAILED', '/data/om3 is new');
      done.push(`start ${node}`);
      om3 = { ...om3, up: true, erased: false };
    },
  });
  return { done, members: new MemberChanges({ ...run, control } as unknown as RunContext) };
}

describe('MemberChanges', () => {
  it('tells how an erased node refuses to start, and where its directory was', async () => {
    const { members } = cluster();
    await members.lose('om3');
    expect(members.directoryOf('om3')).toBe('/data/om3');
    expect(await members.start('om3')).toEqual({ kind: 'refused', words: '/data/om3 is new' });
  });

  it('admits it anew, asking again what is refused for now, and knows its ids', async () => {
    const { done, members } = cluster((change, times) => change === 'promote' && times < 3);
    await members.lose('om3');
    expect(await members.admit('om3')).toMatchObject({ kind: 'done' });
    expect(done).toEqual(['erase om3', 'remove', 'add learner', 'start om3', 'add learner', 'promote']);
    expect(members.idsOf('om3')).toEqual([3n, 4099n]);
    done.length = 0;
    await members.putBack();
    expect(done).toEqual([]);
  });

  it('puts back what was erased, what is a learner, and what was removed', async () => {
    const erased = cluster();
    await erased.members.lose('om3');
    await erased.members.putBack();
    expect(erased.done.at(-1)).toBe('promote');

    const learner = cluster();
    await learner.members.lose('om3');
    await learner.members.admitAsLearner('om3');
    learner.done.length = 0;
    await learner.members.putBack();
    expect(learner.done).toEqual(['promote']);

    const removed = cluster();
    await removed.members.change('remove', 'om3');
    await removed.members.putBack();
    expect(removed.done).toEqual([
      'remove',
      'erase om3',
      'remove',
      'add learner',
      'start om3',
      'add learner',
      'promote',
    ]);
  });

  it('says what could not be put back', async () => {
    const { members } = cluster((change) => change === 'promote');
    await members.lose('om3');
    await expect(members.putBack()).rejects.toThrow('om3 was not admitted again: not now');
  });
});
