import { expect, test } from 'vitest';
import { StateFiles } from './snapshot-files.js';

const UUID = '0b6f2c9e-8a41-4b7d-9c53-112233445566';

test('copies are found by group, kind and index, newest first', () => {
  const names = [
    'main-9.snapshot',
    'main-10.snapshot',
    'main-11.incoming',
    `${UUID}-12.snapshot`,
    'main.db',
    'main-x.snapshot',
  ];
  expect(new StateFiles('/d', 'main').indexesOf('snapshot', names)).toEqual([10, 9]);
  expect(new StateFiles('/d', 'main').indexesOf('incoming', names)).toEqual([11]);
  expect(new StateFiles('/d', UUID).indexesOf('snapshot', names)).toEqual([12]);
});

test('a name that was made is found again, also when the group ends in digits', () => {
  for (const group of ['main', UUID, 'a-1']) {
    const files = new StateFiles('/d', group);
    expect(files.indexesOf('incoming', [files.copy('incoming', 7).slice('/d/'.length)])).toEqual([7]);
  }
});

test.each(['', '..', 'Main', 'a/b', '-a', 'a'.repeat(64)])('%j is no group name', (group) => {
  expect(() => new StateFiles('/d', group)).toThrow(RangeError);
});
