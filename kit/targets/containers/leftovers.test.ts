import { beforeEach, describe, expect, test } from 'vitest';
import type { Labels } from './engine.js';
import { removeLeftovers, removeRun } from './leftovers.js';
import { labelsOf } from './owner.js';
import { MemoryEngine, refused } from './test/memory-engine.js';

let engine: MemoryEngine;
const mine = labelsOf('mine');
/** As another process of this machine would have labelled it that is no more: no process has this number. */
const dead = gone(labelsOf('dead'));
const far: Labels = Object.fromEntries(Object.entries(mine).map(([key, value]) => [key, `${value}.example.org`]));

function gone(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, value.replace(/^\d+ /, '99999999 ')]));
}

beforeEach(() => {
  engine = new MemoryEngine();
  for (const [name, labels] of Object.entries({ mine, dead, far, strange: {} })) {
    engine.plant('network', `omc-${name}-nodes`, labels);
    engine.plant('container', `omc-${name}-om1`, labels);
    engine.plant('container', `omc-${name}-om2`, labels);
  }
});

const names = () =>
  [...engine.boxes.values(), ...engine.nets.values()].map(({ spec }) => spec.name.replace(/^omc-/, '')).sort();

describe('what a run made', () => {
  test('is removed, and nothing else', async () => {
    await removeRun(engine, 'mine');
    expect(names()).toEqual([
      ...['dead-nodes', 'dead-om1', 'dead-om2', 'far-nodes', 'far-om1', 'far-om2'],
      ...['strange-nodes', 'strange-om1', 'strange-om2'],
    ]);
    await removeRun(engine, 'mine');
  });

  test('containers go before the networks that they are on', async () => {
    const [network = ''] = [...engine.nets.keys()];
    await engine.connect(network, [...engine.boxes.keys()][0] ?? '', '198.18.0.11');
    await removeRun(engine, 'mine');
    expect(names()).not.toContain('mine-nodes');
  });

  test('one that cannot be removed does not keep the others, and is said', async () => {
    const remove = engine.remove.bind(engine);
    engine.remove = async (made) => {
      if (made.id === [...engine.boxes.keys()][0]) throw refused('device is busy');
      await remove(made);
    };
    await expect(removeRun(engine, 'mine')).rejects.toThrow('device is busy');
    expect(names()).not.toContain('mine-om2');
  });
});

describe('what broken runs left', () => {
  test('is removed; a run in progress, another machine and strangers keep theirs', async () => {
    expect(await removeLeftovers(engine)).toEqual({
      removed: ['2 containers', '1 network'],
      left: [
        { name: 'container omc-mine-om1', why: 'its run is still in progress' },
        { name: 'container omc-mine-om2', why: 'its run is still in progress' },
        { name: 'container omc-far-om1', why: 'it was made on another machine' },
        { name: 'container omc-far-om2', why: 'it was made on another machine' },
        { name: 'network omc-mine-nodes', why: 'its run is still in progress' },
        { name: 'network omc-far-nodes', why: 'it was made on another machine' },
      ],
    });
    expect(names().filter((name) => name.startsWith('dead'))).toEqual([]);
    expect(names()).toContain('strange-om1');
    expect(await removeLeftovers(engine)).toMatchObject({ removed: [] });
  });
});
