import { describe, expect, it } from 'vitest';
import type { HistoryOperation } from '../call.js';
import { BOX, list, ok, read, rename, type Written, write, written } from '../test/written.js';
import { partition } from './partition.js';

const at = (operation: HistoryOperation): Written => [0, 1, operation, ok()];
const one = { volume: 'coming', bucket: 'one' };
const two = { volume: 'coming', bucket: 'two' };
const other: HistoryOperation = { kind: 'read-key', volume: 'home', bucket: 'other', key: 'a' };

function sizes(...operations: HistoryOperation[]): number[] {
  const history = written(...operations.map(at));
  return partition(history, history.calls).map(({ length }) => length);
}

describe('partition', () => {
  it.each<[string, HistoryOperation[], number[]]>([
    ['keeps keys apart', [write('a', '1'), write('b', '2'), read('a')], [2, 1]],
    ['keeps the same name in two buckets apart', [read('a'), other], [1, 1]],
    ['joins the two names of a rename', [write('a', '1'), write('b', '2'), rename('a', 'b'), read('c')], [3, 1]],
    [
      'joins the names of a batch',
      [write('a', '1'), write('b', '2'), { kind: 'delete-keys', ...BOX, keys: ['a', 'b'] }],
      [3],
    ],
    ['joins a listing with every key of its bucket', [write('a', '1'), write('b', '2'), list(1), other], [3, 1]],
    [
      'joins what is in a bucket that comes and goes',
      [
        { kind: 'create-bucket', ...one },
        { kind: 'read-key', ...one, key: 'a' },
        { kind: 'read-key', ...one, key: 'b' },
        { kind: 'read-key', ...two, key: 'a' },
      ],
      [3, 1],
    ],
    [
      'joins the buckets of a volume that is listed',
      [
        { kind: 'create-bucket', ...one },
        { kind: 'create-bucket', ...two },
        { kind: 'list-buckets', volume: 'coming', count: 9 },
        read('a'),
      ],
      [3, 1],
    ],
    [
      'joins what is in a volume that goes',
      [
        { kind: 'read-key', ...one, key: 'a' },
        { kind: 'read-bucket', ...two },
        { kind: 'delete-volume', volume: 'coming' },
        { kind: 'read-volume', volume: 'home' },
      ],
      [3, 1],
    ],
    [
      'keeps an owner apart from what is in the volume',
      [{ kind: 'set-owner', volume: 'home', owner: 'bob' }, read('a')],
      [1, 1],
    ],
  ])('%s', (_, operations, expected) => {
    expect(sizes(...operations)).toEqual(expected);
  });
  it('does not mistake one place for another by what their names are made of', () => {
    const odd = { volume: 'home', bucket: 'box","a' };
    expect(sizes({ kind: 'read-bucket', ...odd }, read('a'))).toEqual([1, 1]);
  });
});
