/** Fetching, with a script in Maven's place: what is tested is what the launcher makes of it, not Maven. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cacheRootOf, causeIn, fetchRelease, readCache } from '../jars.js';
import { hasEnded } from '../proc.js';

let folder: string;
let cacheRoot: string;
let told: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fetch-'));
  cacheRoot = join(folder, 'cache');
  told = [];
  mkdirSync(join(folder, 'bin'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Finds where the jars go among its arguments, counts its runs, then does `body`. */
function maven(body: string): void {
  const script = `#!/bin/sh
for a; do case "$a" in -DoutputDirectory=*) out="\${a#*=}";; esac; done
echo run >>"${folder}/runs"
jar() { printf x >"$out/$1-9.9.9.jar"; }
${body}
`;
  writeFileSync(join(folder, 'bin', 'mvn'), script);
  chmodSync(join(folder, 'bin', 'mvn'), 0o755);
}
const GOOD = 'jar ozone-manager; jar hdds-server-scm; jar guava';

const env = () => ({ PATH: `${join(folder, 'bin')}:/usr/bin:/bin` });
const runs = () => readFileSync(join(folder, 'runs'), 'utf8').trim().split('\n').length;

function fetchIt(signal = new AbortController().signal) {
  return fetchRelease('9.9.9', { cacheRoot, env: env(), progress: (text) => told.push(text), signal });
}

describe('fetching a release', () => {
  test('puts the jars in the cache, in a fixed order', async () => {
    maven(GOOD);
    const release = await fetchIt();
    expect(release.jars).toEqual(
      ['guava', 'hdds-server-scm', 'ozone-manager'].map((name) =>
        join(cacheRoot, '9.9.9', 'jars', `${name}-9.9.9.jar`),
      ),
    );
    expect(readdirSync(cacheRoot)).toEqual(['9.9.9']);
    expect(told).toContain('fetched 3 jars');
  });

  test('happens once', async () => {
    maven(GOOD);
    await fetchIt();
    rmSync(join(folder, 'bin', 'mvn'));
    expect((await fetchIt()).jars).toHaveLength(3);
    expect(runs()).toBe(1);
  });

  test('happens once for two that want it at the same time', async () => {
    maven(`sleep 0.5; ${GOOD}`);
    const [one, other] = await Promise.all([fetchIt(), fetchIt()]);
    expect(one.jars).toEqual(other.jars);
    expect(runs()).toBe(1);
    expect(told.some((text) => text.startsWith('waiting for another run'))).toBe(true);
  });

  test.each([
    ['a jar that is gone', () => rmSync(join(cacheRoot, '9.9.9', 'jars', 'guava-9.9.9.jar'))],
    ['a jar that was cut short', () => writeFileSync(join(cacheRoot, '9.9.9', 'jars', 'guava-9.9.9.jar'), '')],
    ['a list that cannot be read', () => writeFileSync(join(cacheRoot, '9.9.9', 'contents.json'), '{')],
  ])('happens again for %s', async (_, damage) => {
    maven(GOOD);
    await fetchIt();
    damage();
    expect(readCache(cacheRoot, '9.9.9')).toBeUndefined();
    expect((await fetchIt()).jars).toHaveLength(3);
    expect(runs()).toBe(2);
  });

  test('that fails says what Maven said first and leaves nothing but its log', async () => {
    maven('echo "[INFO] x"; echo "[ERROR] Could not find artifact org.apache.ozone:hdds:pom:9.9.9"; exit 1');
    const error = await fetchIt().catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: 'FETCH_FAILED' });
    expect(String(error)).toContain('Could not find artifact org.apache.ozone:hdds:pom:9.9.9');
    expect(String(error)).toContain(join(cacheRoot, 'maven-9.9.9.log'));
    expect(readdirSync(cacheRoot)).toEqual(['maven-9.9.9.log']);
  });

  test('that brings no OM is a failure although Maven is content', async () => {
    maven('jar guava');
    await expect(fetchIt()).rejects.toMatchObject({ code: 'FETCH_FAILED' });
    expect(existsSync(join(cacheRoot, '9.9.9'))).toBe(false);
  });

  test('that is taken back ends Maven and leaves nothing', async () => {
    maven(`${GOOD}; echo $$ >"${folder}/mvn.pid"; sleep 60`);
    const ending = new AbortController();
    const fetching = fetchIt(ending.signal).catch((cause: unknown) => cause);
    while (!existsSync(join(folder, 'mvn.pid'))) await new Promise((resolve) => setTimeout(resolve, 20));
    ending.abort();
    expect(await fetching).toMatchObject({ name: 'AbortError' });
    expect(readdirSync(cacheRoot)).toEqual([]);
    const pid = Number(readFileSync(join(folder, 'mvn.pid'), 'utf8'));
    expect(hasEnded(pid)).toBe(true);
  });

  test('by a program that is killed ends Maven and leaves no half cache', async () => {
    maven(`${GOOD}; echo $$ >"${folder}/mvn.pid"; sleep 60`);
    const program = `
      import { fetchRelease } from ${JSON.stringify(new URL('../jars.js', import.meta.url).href)};
      await fetchRelease('9.9.9', { cacheRoot: ${JSON.stringify(cacheRoot)}, env: ${JSON.stringify(env())},
        progress: () => {}, signal: new AbortController().signal });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'inherit' });
    while (!existsSync(join(folder, 'mvn.pid'))) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGKILL');
    await once(child, 'exit');
    while (readdirSync(cacheRoot).length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    maven(GOOD);
    expect((await fetchIt()).jars).toHaveLength(3);
  });

  test('without Maven is an error that says so', async () => {
    const error = await fetchRelease('9.9.9', {
      cacheRoot,
      env: { PATH: join(folder, 'bin') },
      progress: () => {},
      signal: new AbortController().signal,
    }).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: 'MAVEN_MISSING' });
  });

  test('into a folder that cannot be made names it', async () => {
    maven(GOOD);
    writeFileSync(join(folder, 'file'), '');
    cacheRoot = join(folder, 'file', 'cache');
    const error = await fetchIt().catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: 'FETCH_FAILED' });
    expect(String(error)).toContain(cacheRoot);
  });
});

describe('the cause in a log of Maven', () => {
  const missing = 'Non-resolvable parent POM for a:b:1: Could not find artifact org.apache.ozone:hdds:pom:9.9.9 in x';
  test.each([
    ['is the line that names it', `[INFO] x\n[ERROR] [ERROR] Some problems\n[FATAL] ${missing}\n[ERROR] Help`, missing],
    [
      'is the first error otherwise',
      '[ERROR] \n[ERROR] Failed to execute goal\n[ERROR] Help',
      'Failed to execute goal',
    ],
    ['may not be there', '[INFO] BUILD SUCCESS', undefined],
  ])('%s', (_, log, cause) => {
    expect(causeIn(log)).toBe(cause);
  });
});

test('the cache is beside package.json, or where the environment says', () => {
  expect(cacheRootOf({ OM_CONFORMANCE_CACHE: '/c' })).toBe('/c/apache-ozone');
  const own = cacheRootOf({});
  expect(own).toMatch(/\/\.cache\/apache-ozone$/);
  expect(existsSync(join(own, '..', '..', 'package.json'))).toBe(true);
});
