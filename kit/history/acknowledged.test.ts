import { describe, expect, it } from 'vitest';
import { answered, notLeader, unanswered } from '../assert/test/outcomes.js';
import type { Outcome } from '../wire/outcome.js';
import { AcknowledgedWrites, type VolumeWrite } from './acknowledged.js';

const create: VolumeWrite = { kind: 'create', owner: 'ann' };
const give: VolumeWrite = { kind: 'give', owner: 'bob' };
const drop: VolumeWrite = { kind: 'delete' };
const ok = answered('OK');
const lost = unanswered('unavailable');
const moved = notLeader();
const refusedByStatus = answered('VOLUME_NOT_FOUND');

function recorded(...writes: [VolumeWrite, Outcome][]) {
  const record = new AcknowledgedWrites();
  for (const [write, outcome] of writes) record.record('alpha', write, outcome);
  return {
    kept: record.kept().map(({ owners, mayBeMissing }) => ({ owners: [...owners], mayBeMissing })),
    count: record.count,
  };
}

describe('AcknowledgedWrites', () => {
  it.each<[string, [VolumeWrite, Outcome][], string[], boolean]>([
    ['created', [[create, ok]], ['ann'], false],
    [
      'created and given away',
      [
        [create, ok],
        [give, ok],
      ],
      ['bob'],
      false,
    ],
    [
      'created, and given away perhaps',
      [
        [create, ok],
        [give, lost],
      ],
      ['ann', 'bob'],
      false,
    ],
    [
      'a refusal while leadership moves is no word either',
      [
        [create, ok],
        [give, moved],
      ],
      ['ann', 'bob'],
      false,
    ],
    [
      'created and deleted',
      [
        [create, ok],
        [drop, ok],
      ],
      [],
      true,
    ],
    [
      'created, and deleted perhaps',
      [
        [create, ok],
        [drop, lost],
      ],
      ['ann'],
      true,
    ],
    [
      'created perhaps, then certainly deleted',
      [
        [create, lost],
        [drop, ok],
      ],
      [],
      true,
    ],
    [
      'a business status changes nothing',
      [
        [create, ok],
        [give, refusedByStatus],
      ],
      ['ann'],
      false,
    ],
  ])('%s', (_, writes, owners, mayBeMissing) => {
    expect(recorded(...writes).kept).toEqual([{ owners, mayBeMissing }]);
  });
  it.each<[string, [VolumeWrite, Outcome][]]>([
    ['unknown', [[create, lost]]],
    ['refused', [[create, moved]]],
    ['answered with a failure', [[create, answered('VOLUME_ALREADY_EXISTS')]]],
  ])('expects nothing of a volume whose writes were %s', (_, writes) => {
    expect(recorded(...writes)).toEqual({ kept: [], count: 0 });
  });
  it('counts acknowledged writes and keeps the calls of each volume', () => {
    const record = new AcknowledgedWrites();
    record.record('alpha', create, { ...ok, callNumber: 1 });
    record.record('beta', create, { ...lost, callNumber: 2 });
    record.record('alpha', give, { ...lost, callNumber: 3 });
    expect(record.count).toBe(1);
    expect(record.kept().map(({ volume, history }) => [volume, history.map(({ callNumber }) => callNumber)])).toEqual([
      ['alpha', [1, 3]],
    ]);
  });
});
