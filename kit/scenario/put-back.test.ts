import { describe, expect, it } from 'vitest';
import { EnvironmentError } from '../failure.js';
import { putBackAtEnd, putBackWhatIsOwed } from './put-back.js';
import { ok, scriptedRun } from './test/scripted.js';

/** Undoes nothing the first `failing` times. */
function undoing(failing: number) {
  const { run } = scriptedRun(() => ok);
  const undo = { tries: 0 };
  return {
    run,
    undo,
    act: async () => {
      undo.tries += 1;
      if (undo.tries <= failing) throw new EnvironmentError('NODE_START_FAILED', `cannot start om1, try ${undo.tries}`);
    },
  };
}

describe('putBackWhatIsOwed', () => {
  it('asks nothing where a scenario put everything back', async () => {
    const { run, undo, act } = undoing(0);
    await putBackAtEnd(run, act);
    await putBackWhatIsOwed(run);
    expect(undo.tries).toBe(1);
  });
  it('tries again before the next scenario, and lets it run once that is done', async () => {
    const { run, undo, act } = undoing(1);
    await expect(putBackAtEnd(run, act)).rejects.toThrow('cannot start om1, try 1');
    await putBackWhatIsOwed(run);
    await putBackWhatIsOwed(run);
    expect(undo.tries).toBe(2);
  });
  it('holds back every later scenario of the run, at once, when that fails too', async () => {
    const { run, undo, act } = undoing(2);
    await expect(putBackAtEnd(run, act)).rejects.toThrow(EnvironmentError);
    const heldBack =
      'held back: what an earlier scenario did to the cluster could not be undone: cannot start om1, try 2';
    await expect(putBackWhatIsOwed(run)).rejects.toThrow(heldBack);
    const again = await putBackWhatIsOwed(run).catch((error: unknown) => error);
    expect(again).toMatchObject({ code: 'GIVEN_NOT_MET', blame: 'environment', message: heldBack });
    expect(undo.tries).toBe(2);
  });
  it('says nothing of another run', async () => {
    const { run, act } = undoing(9);
    await putBackAtEnd(run, act).catch(() => undefined);
    await putBackWhatIsOwed(undoing(0).run);
    await expect(putBackWhatIsOwed(run)).rejects.toThrow('held back');
  });
});
