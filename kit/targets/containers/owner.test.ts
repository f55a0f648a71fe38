import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { describe, expect, test } from 'vitest';
import { labelsOf, ownerIs, RUN_LABEL } from './owner.js';

const labels = labelsOf('r1', () => '77');

describe('whose a container is', () => {
  test.each<[string, string, string | undefined, ReturnType<typeof ownerIs>]>([
    ['its kit runs', hostname(), '77', 'running'],
    ['its kit has ended', hostname(), undefined, 'gone'],
    ['another process has its number', hostname(), '78', 'gone'],
    ['it was made on another machine', 'other', '77', 'elsewhere'],
    ['it was made on another machine, where a number says nothing', 'other', undefined, 'elsewhere'],
  ])('%s', (_, host, beganAt, expected) => {
    expect(ownerIs(labels, host, () => beganAt)).toBe(expected);
  });

  test('without the label it is nobody’s to remove', () => {
    expect(ownerIs({ [RUN_LABEL]: 'r1' })).toBe('elsewhere');
    expect(ownerIs({})).toBe('elsewhere');
  });

  test('of processes of this machine', () => {
    expect(ownerIs(labelsOf('r1'))).toBe('running');
    const { stdout } = spawnSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' });
    const ended = Object.fromEntries(
      Object.entries(labelsOf('r1')).map(([key, value]) => [key, value.replace(/^\d+/, stdout.trim())]),
    );
    expect(ownerIs(ended)).toBe('gone');
  });
});
