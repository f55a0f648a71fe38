import { describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import { answered, bucket, page, unanswered, volume } from '../assert/test/outcomes.js';
import { namesOf } from '../run/names.js';
import type { Outcome } from '../wire/outcome.js';
import { CUT_CHANGES, type CutChange, cutShort } from './cut-short.js';
import { LeaderLine } from './leader-line.js';
import { ScenarioNames } from './names.js';
import { someOwner } from './operation.js';
import { ok, type SeenCall, scriptedRun } from './test/scripted.js';

const { Type } = hadoop.ozone;
const WRITES: readonly number[] = [
  Type.CreateVolume,
  Type.SetVolumeProperty,
  Type.DeleteVolume,
  Type.CreateBucket,
  Type.CreateDirectory,
];

/** Answers reads as if the write were done everywhere, but for `notIn`. */
function world(change: CutChange, notIn?: 'record' | 'owner' | 'count') {
  return (call: SeenCall): Outcome => {
    const { request, options } = call;
    if (WRITES.includes(request.cmdType)) {
      return options?.signal === undefined && options?.deadlineMs === undefined ? ok : unanswered('cancelled');
    }
    const there = change !== 'delete a volume';
    switch (request.cmdType) {
      case Type.InfoVolume: {
        const name = request.infoVolumeRequest?.volumeName ?? '';
        const shown = notIn === 'record' ? !there : there;
        const ownerName =
          change === 'give away a volume' && notIn !== 'record' ? `${someOwner(name)}-2` : someOwner(name);
        const changed = change === 'create a volume' || change === 'delete a volume' ? shown : true;
        if (!changed) return answered('VOLUME_NOT_FOUND');
        return volume({ volume: name, ownerName, usedNamespace: notIn === 'count' ? 0n : 1n });
      }
      case Type.InfoBucket:
        return notIn === 'record'
          ? answered('BUCKET_NOT_FOUND')
          : bucket({ usedNamespace: notIn === 'count' ? 0n : 3n });
      case Type.GetFileStatus:
        return ok;
      case Type.ListVolume: {
        const { userName, prefix = '' } = request.listVolumeRequest ?? {};
        const old = userName === someOwner(prefix ?? '') && change === 'give away a volume';
        const listed = old ? false : there;
        return page((userName && notIn === 'owner' ? !listed : listed) ? [prefix ?? ''] : []);
      }
      default:
        return ok;
    }
  };
}

async function cutWrites(
  change: CutChange,
  notIn?: 'record' | 'owner' | 'count',
  cut: 'taken back' | 'past its deadline' = 'taken back',
) {
  const { run, calls } = scriptedRun(world(change, notIn));
  const names = new ScenarioNames(namesOf('abc123'));
  const writes = await cutShort(run, new LeaderLine(run), names, { change, cut, clients: 2, times: 2 });
  return { writes, calls };
}

describe.each(CUT_CHANGES)('%s', (change) => {
  it('is looked at in all of its places, twice', async () => {
    const { writes } = await cutWrites(change);
    expect(writes).toHaveLength(4);
    for (const { write, looks } of writes) {
      expect(write.kind).toBe('unanswered');
      expect(looks[0].length).toBeGreaterThan(1);
      expect(looks.flat().map(({ done }) => done)).toEqual(looks.flat().map(() => true));
    }
  });
  it('that shows in one place and not in another is seen to', async () => {
    const { writes } = await cutWrites(change, /bucket|directories/.test(change) ? 'count' : 'owner');
    expect(new Set(writes[0]?.looks.flat().map(({ done }) => done))).toEqual(new Set([true, false]));
  });
});

it.each([
  ['taken back', 'signal'],
  ['past its deadline', 'deadlineMs'],
] as const)('callers whose call is %s', async (cut, option) => {
  const { calls } = await cutWrites('create a volume', undefined, cut);
  const writes = calls.filter(({ request }) => request.cmdType === Type.CreateVolume);
  expect(writes.map(({ options }) => Object.keys(options ?? {}))).toEqual(Array(4).fill([option]));
});

it('looks until two looks show the same, be it half of the write', async () => {
  const inner = world('create a volume');
  const there = [false, true, false, false];
  const { run } = scriptedRun((call) => {
    if (call.request.cmdType !== Type.InfoVolume) return inner(call);
    return there.shift() ? inner(call) : answered('VOLUME_NOT_FOUND');
  });
  const names = new ScenarioNames(namesOf('abc123'));
  const plan = { change: 'create a volume', cut: 'taken back', clients: 1, times: 1 } as const;
  const [only] = await cutShort(run, new LeaderLine(run), names, plan);
  expect(there).toEqual([]);
  expect(only?.looks.map((look) => look.map(({ done }) => done))).toEqual([
    [false, true, true],
    [false, true, true],
  ]);
});
