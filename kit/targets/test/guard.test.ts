import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const PATIENCE_MS = 10_000;
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omc-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A process that has a guard do this, and then waits. Resolves when the guard knows it. */
async function kitThat(does: string) {
  const program = `
    const { Guard } = await import(${JSON.stringify(new URL('../guard.js', import.meta.url).href)});
    const guard = new Guard();
    ${does}
    console.log('ready');
    setInterval(() => {}, 1000);
  `;
  const kit = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => kit.stdout.once('data', resolve));
  return kit;
}

/** Waits for a while; whether it came is for the test to say. */
async function soon(holds: () => boolean): Promise<void> {
  const endsAt = Date.now() + PATIENCE_MS;
  while (!holds() && Date.now() < endsAt) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('the guard', () => {
  test('a kit that is killed leaves its command to be run', async () => {
    const said = join(folder, 'said');
    const held = join(folder, 'held');
    const kit = await kitThat(
      `guard.runAfter(${JSON.stringify(`printf '%s' "it's gone" > ${said}`)}); guard.removeAfter(${JSON.stringify(held)});`,
    );
    expect(existsSync(said)).toBe(false);
    kit.kill('SIGKILL');
    await soon(() => existsSync(said));
    expect(existsSync(said)).toBe(true);
    await soon(() => readFileSync(said, 'utf8') !== '');
    expect(readFileSync(said, 'utf8')).toBe("it's gone");
  }, 20_000);

  test('one that ends in order runs nothing', async () => {
    const said = join(folder, 'said');
    const kit = await kitThat(`guard.runAfter(${JSON.stringify(`touch ${said}`)}); guard.release();`);
    const guardDone = join(folder, 'done');
    kit.kill('SIGKILL');
    // A guard that had something to do would have done it before one that began later.
    const later = await kitThat(`guard.runAfter(${JSON.stringify(`touch ${guardDone}`)});`);
    later.kill('SIGKILL');
    await soon(() => existsSync(guardDone));
    expect(existsSync(guardDone)).toBe(true);
    expect(existsSync(said)).toBe(false);
  }, 20_000);
});
