import { describe, expect, it } from 'vitest';
import { answered, notLeader, unanswered } from '../assert/test/outcomes.js';
import { ScenarioNames } from '../scenario/names.js';
import { type Answers, ok, scriptedRun } from '../scenario/test/scripted.js';
import { VolumeWorkload } from './volume-workload.js';

const tick = () => new Promise((resolve) => setImmediate(resolve));

function workload(answers: Answers) {
  const { run, calls } = scriptedRun(async (...call) => {
    await tick();
    return await answers(...call);
  });
  return { calls, workload: new VolumeWorkload(run, new ScenarioNames(run.names)) };
}

describe('VolumeWorkload', () => {
  it('creates, gives away and deletes, and records what was acknowledged', async () => {
    const { calls, workload: work } = workload(({ node }) => (node === 'om2' ? ok : notLeader({ node }, 'om2')));
    work.start(3);
    expect(await work.acknowledges(40, 5_000)).toBe(true);
    const record = await work.stop();
    expect(record.count).toBeGreaterThanOrEqual(40);
    expect(new Set(calls.map(({ command }) => command))).toEqual(
      new Set(['CreateVolume', 'SetVolumeProperty', 'DeleteVolume']),
    );
    expect(record.kept().some(({ mayBeMissing }) => mayBeMissing)).toBe(true);
  });
  it('sends a write once, whatever comes of it', async () => {
    const { calls, workload: work } = workload(({ node }, number) =>
      number % 3 === 0 ? unanswered('unavailable', { node }) : number % 3 === 1 ? notLeader({ node }) : ok,
    );
    work.start(2);
    await work.acknowledges(20, 5_000);
    await work.stop();
    const writes = calls.map(({ command, request }) => `${command} ${nameIn(request)}`);
    expect(new Set(writes).size).toBe(writes.length);
  });
  it('says so when writes do not come', async () => {
    const { workload: work } = workload(({ node }) => notLeader({ node }));
    work.start(2);
    expect(await work.acknowledges(1, 50)).toBe(false);
    expect((await work.stop()).kept()).toEqual([]);
  });
  it('asks one node for volumes at once, while the clients wait, and records what is late too', async () => {
    const silent = new Map<string, () => void>();
    const { calls, workload: work } = workload(async ({ node }) => {
      if (node === 'om3') await new Promise<void>((resolve) => silent.set(`${node} ${silent.size}`, resolve));
      return node === 'om1' ? notLeader({ node }) : ok;
    });
    expect(await work.creates('om1', 3, 5_000)).toBe(true);
    expect(await work.creates('om2', 2, 5_000)).toBe(true);
    expect(await work.creates('om3', 4, 20)).toBe(false);
    const names = calls.map(({ request }) => nameIn(request));
    expect(new Set(names).size).toBe(9);
    for (const answer of silent.values()) answer();
    expect((await work.stop()).count).toBe(6);
  });
  it('leaves a volume alone once it is not known to be there', async () => {
    const { calls, workload: work } = workload(({ node }, number) =>
      number > 30 ? answered('OK', { node }) : unanswered('deadline', { node }),
    );
    work.start(1);
    await work.acknowledges(1, 5_000);
    await work.stop();
    expect(calls.slice(0, 30).every(({ command }) => command === 'CreateVolume')).toBe(true);
  });
});

function nameIn(request: {
  createVolumeRequest?: unknown;
  setVolumePropertyRequest?: unknown;
  deleteVolumeRequest?: unknown;
}) {
  const part = request.createVolumeRequest ?? request.setVolumePropertyRequest ?? request.deleteVolumeRequest;
  return JSON.stringify(part, (_, value) => (typeof value === 'bigint' ? String(value) : value));
}
