import { describe, expect, it } from 'vitest';
import { EnvironmentError } from '../failure.js';
import type { RunContext } from '../run/context.js';
import { NodeFaults } from './node-faults.js';
import { ok, scriptedRun } from './test/scripted.js';

function cluster(failing?: string, code = 'NODE_ACTION_FAILED') {
  const done: string[] = [];
  const act = (name: string) => async (node: string) => {
    if (name === failing) throw new EnvironmentError(code, `cannot ${name} ${node}`);
    done.push(`${name} ${node}`);
  };
  const { run, calls } = scriptedRun(() => ok);
  Object.assign(run.target, {
    killNode: act('kill'),
    restartNode: act('start'),
    freezeNode: act('freeze'),
    thawNode: act('wake'),
    isolateNode: act('cut off'),
    healNode: act('reconnect'),
  });
  const control = {
    ...{ pauseApply: act('pause'), resumeApply: act('resume'), isolate: act('cut'), heal: act('heal') },
    powerLoss: async (nodes: readonly string[], seed: bigint) => void done.push(`power ${seed} ${nodes.join(' ')}`),
    reformat: async () => {
      if (failing === 'reformat') throw new EnvironmentError(code, 'cannot reformat');
      done.push('reformat');
    },
    jumpClock: async (node: string, jump: { wallMs: bigint; monotonicMs: bigint }) =>
      void done.push(`clock ${node} ${jump.wallMs} ${jump.monotonicMs}`),
  };
  const context = { ...run, control } as unknown as RunContext;
  return { done, calls, run: context, faults: new NodeFaults(context) };
}

describe('NodeFaults', () => {
  it('undoes what is still done, once, and waits until the cluster is settled', async () => {
    const { done, faults, calls } = cluster();
    await faults.kill(['om1', 'om2']);
    await faults.start(['om1']);
    await faults.freeze('om3');
    await faults.pauseApply('om1');
    await faults.isolate('om2', 'both');
    await faults.isolate('om3', 'inbound');
    expect(done.slice(-2)).toEqual(['cut off om2', 'cut om3']);
    expect([...faults.down]).toEqual(['om2']);
    done.length = 0;
    await faults.putBack();
    expect(done).toEqual(['resume om1', 'wake om3', 'reconnect om2', 'heal om3', 'start om2']);
    expect(calls.length).toBeGreaterThan(0);
    done.length = 0;
    await faults.putBack();
    expect(done).toEqual([]);
  });
  it('has a new cluster settle, and looks again in the end where it could not be made', async () => {
    const { done, faults, calls } = cluster();
    expect(await faults.reformat()).toBe('om1');
    expect(done).toEqual(['reformat']);
    const settled = calls.length;
    await faults.putBack();
    expect(calls.length).toBe(settled);
    const failing = cluster('reformat');
    await expect(failing.faults.reformat()).rejects.toThrow('cannot reformat');
    expect(failing.calls).toEqual([]);
    await failing.faults.putBack();
    expect(failing.calls.length).toBeGreaterThan(0);
    expect(failing.done).toEqual([]);
  });
  it('takes the power from nodes, starts them, and tells which refuse', async () => {
    const { done, faults } = cluster();
    await faults.losePower(['om1', 'om2'], 7n);
    expect(done).toEqual(['power 7 om1 om2']);
    expect([...faults.down]).toEqual(['om1', 'om2']);
    expect(await faults.tryToStart(['om1'])).toEqual([{ node: 'om1', answer: { kind: 'started' } }]);
    expect([...faults.down]).toEqual(['om2']);
    const refusing = cluster('start', 'NODE_START_FAILED');
    await refusing.faults.losePower(['om1'], 7n);
    expect(await refusing.faults.tryToStart(['om1'])).toEqual([
      { node: 'om1', answer: { kind: 'refused', words: 'cannot start om1' } },
    ]);
    expect([...refusing.faults.down]).toEqual(['om1']);
  });

  it('sets clocks right again, but not that of a node that was started since', async () => {
    const { done, faults } = cluster();
    await faults.jumpClock('om1', 'is set back by an hour');
    await faults.jumpClock('om1', 'is set ahead by an hour');
    await faults.jumpClock('om2', 'is set ahead by an hour');
    await faults.jumpClock('om3', 'is set ahead by an hour');
    await faults.kill(['om3']);
    done.length = 0;
    await faults.putBack();
    expect(done).toEqual(['start om3', 'clock om2 -3600000 0']);
  });
  it('configures the cluster back once its nodes run again', async () => {
    const { done, faults, run } = cluster();
    const configure = async (keys: Readonly<Record<string, string>>) =>
      void done.push(`configure ${Object.keys(keys)}`);
    Object.assign(run.target, { configure });
    await faults.configure({ 'some.key': '1' });
    await faults.kill(['om1']);
    await faults.putBack();
    await faults.putBack();
    expect(done).toEqual(['configure some.key', 'kill om1', 'start om1', 'configure ']);
  });
  it('asks nothing where nothing was done', async () => {
    const { faults, calls } = cluster();
    await faults.putBack();
    expect(calls).toEqual([]);
  });
  it('takes a node whose kill failed for down, so that it is started in the end', async () => {
    const { done, faults } = cluster('kill');
    await expect(faults.kill(['om1'])).rejects.toThrow('cannot kill om1');
    await faults.putBack();
    expect(done).toEqual(['start om1']);
  });
  it('remembers a node that did not come up after a restart', async () => {
    const { faults } = cluster('start');
    await expect(faults.restart('om1')).rejects.toThrow('cannot start om1');
    expect([...faults.down]).toEqual(['om1']);
  });
  it('remembers a node that did not start', async () => {
    const { faults } = cluster('start');
    await faults.kill(['om1']);
    await expect(faults.putBack()).rejects.toThrow('cannot start om1');
    expect([...faults.down]).toEqual(['om1']);
  });
  it('waits for a settled cluster again when it was not settled in time', async () => {
    const { run, calls } = scriptedRun(() => ok);
    let accepts = false;
    const client = {
      call: async (...asked: Parameters<typeof run.client.call>) => (accepts ? run.client.call(...asked) : refuse()),
    };
    const refuse = () => Promise.reject(new EnvironmentError('NO_LEADER', 'no leader within 1 s'));
    Object.assign(run.target, { killNode: async () => {}, restartNode: async () => {} });
    const faults = new NodeFaults({ ...run, client: { ...run.client, ...client } });
    await faults.kill(['om1']);
    await expect(faults.putBack()).rejects.toThrow('no leader');
    accepts = true;
    await faults.putBack();
    expect(calls.length).toBeGreaterThan(0);
  });
  it('blames the environment where the target cannot do it', async () => {
    const { run } = scriptedRun(() => ok);
    const faults = new NodeFaults(run);
    for (const act of [
      faults.kill(['om1']),
      faults.freeze('om1'),
      faults.pauseApply('om1'),
      faults.isolate('om1', 'both'),
    ]) {
      await expect(act).rejects.toMatchObject({ code: 'CAPABILITY_BROKEN', blame: 'environment' });
    }
  });
});
