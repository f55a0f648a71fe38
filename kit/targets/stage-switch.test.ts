import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { budgetsOf } from './budgets.js';
import { Hooks } from './hooks.js';
import { Probe } from './probe.js';
import { TARGET_SCHEMAS } from './schema.js';
import { StageSwitch } from './stage-switch.js';

let folder = '';
let probe: Probe;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omc-test-'));
  probe = new Probe([], budgetsOf(TARGET_SCHEMAS.reference.parse({ kind: 'reference' }).budgets, 1));
});
afterEach(() => {
  probe.close();
  rmSync(folder, { recursive: true, force: true });
});

const said = () => readFileSync(join(folder, 'said'), 'utf8').trim().split('\n');
const hooks = () => new Hooks({ configure: 'echo {stage} >> said' }, { folder, timeoutFactor: 1 });

test('the hook is called while the nodes are down', async () => {
  const stage = new StageSwitch(['plain', 'read-consistency'], hooks(), probe, async (act) => {
    appendFileSync(join(folder, 'said'), 'down\n');
    await act();
    appendFileSync(join(folder, 'said'), 'up\n');
  });
  await stage.to('plain');
  await stage.to('read-consistency');
  expect(said()).toEqual(['down', 'plain', 'up', 'down', 'read-consistency', 'up']);
});

test('a stage with the same keys needs no hook', async () => {
  const stage = new StageSwitch(['plain'], hooks(), probe);
  await stage.to('plain');
  await stage.to('plain');
  await stage.configure({ a: '1' });
  await stage.configure({});
  expect(said()).toEqual(['plain', 'plain', 'plain']);
});

test('a stage that the target does not have', async () => {
  const stage = new StageSwitch(['plain'], hooks(), probe);
  await expect(stage.to('read-consistency')).rejects.toMatchObject({ code: 'STAGE_UNAVAILABLE' });
});
