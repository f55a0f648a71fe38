/** The command line as a user meets it: one message, the exit code of the contract, and an end whenever it is asked for. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../../run/package.js';

const MAIN = join(PACKAGE_ROOT, 'dist/kit/cli/main.js');
const CUCUMBER = join(PACKAGE_ROOT, 'node_modules/@cucumber/cucumber/bin/cucumber.js');
/** Longer than anything here takes on a busy machine. */
const PATIENCE_MS = 60_000;

let folder = '';
const children = new Set<ChildProcess>();
let silent: Server | undefined;
const sockets = new Set<Socket>();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omc-cli-'));
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => (silent === undefined ? resolve(undefined) : silent.close(resolve)));
  silent = undefined;
  rmSync(folder, { recursive: true, force: true });
});

function start(program: string, args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: PACKAGE_ROOT,
    env: { ...process.env, NO_COLOR: '1', OM_OUT: join(folder, 'report'), ...env },
  });
  children.add(child);
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => (err += chunk));
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', (code) => {
      children.delete(child);
      resolve(code);
    });
  });
  /** Resolves when the output says so. */
  const says = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => (out + err).includes(text) && resolve();
      child.stdout.on('data', look);
      child.stderr.on('data', look);
      child.on('close', () => reject(new Error(`it ended without saying "${text}":\n${out}${err}`)));
      look();
    });
  return { child, ended, says, output: () => ({ out, err }) };
}

async function om(...args: string[]) {
  const { ended, output } = start(MAIN, args);
  return { exit: await ended, ...output() };
}

/** A target whose only node takes connections and never says a word. */
async function silentTarget(): Promise<string> {
  const server = createServer((socket) => sockets.add(socket.on('error', () => {})));
  silent = server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return targetFile((server.address() as AddressInfo).port);
}

function targetFile(port: number): string {
  const path = join(folder, 'x.target.yaml');
  const identity = 'organization: o, project: p, version: v, url: "https://example.org", contact: c';
  writeFileSync(
    path,
    `kind: attach\nidentity: {${identity}}\nnodes: {om1: "127.0.0.1:${port}"}\nprofiles: [core]\nstages: [plain]\nbudgets: {callMs: 30000, clusterStartMs: 30000}\n`,
  );
  return path;
}

test.each<[string, string[], RegExp]>([
  ['no command', [], /Usage: om-conformance/],
  ['an unknown command', ['rnu'], /unknown command 'rnu'\n\(Did you mean run\?\)/],
  ['an unknown option', ['run', '--sed', '3'], /unknown option '--sed'\n\(Did you mean --seed\?\)/],
  ['an option without its value', ['run', '--seed'], /option '--seed <text>' argument missing/],
  ['a number that is none', ['run', '--timeout-factor', 'x'], /argument 'x' is invalid. It must be a number/],
  ['an argument too many', ['doctor', 'now'], /too many arguments/],
  ['an unknown target', ['run', '--target', 'nowhere'], /TARGET_UNKNOWN: target "nowhere"/],
  ['an unknown rule', ['run', '--rule', 'NS-VOL-77'], /RULE_UNKNOWN: no rule NS-VOL-77/],
  ['a rule that is empty', ['run', '--rule', ''], /option '--rule <id>' argument '' is invalid. It must not be empty/],
  ['a factor of nothing', ['doctor', '--timeout-factor', '0'], /It must be above 0 and at most 1000/],
  ['a folder that is empty', ['run', '--out', ''], /option '--out <dir>' argument '' is invalid/],
  ['a run id that is none', ['clean', '--run', '../x'], /It must be the six letters and digits/],
  ['a clean of what leaves nothing', ['clean', '--target', 'reference'], /leaves nothing to clean/],
  [
    'a wrong tag expression',
    ['run', '--tags', '@a and'],
    /OPTION_INVALID: Tag expression "@a and" could not be parsed/,
  ],
  ['a seed with a space', ['run', '--seed', 'a b'], /OPTION_INVALID: seed must be/],
  ['a baseline that is not there', ['run', '--baseline', 'nowhere'], /BASELINE_INVALID: baseline nowhere: ENOENT/],
  ['a path that is not there', ['run', 'features/gone.feature'], /PATH_NOT_FOUND: no feature file or folder/],
  ['an unknown subject', ['explain', 'W-99'], /SUBJECT_UNKNOWN.*did you mean W-/],
  ['a report that is not there', ['show-report'], /NO_REPORT/],
])('%s is one message and exit code 3', async (_, args, message) => {
  const { exit, err } = await om(...args);
  expect(err).toMatch(message);
  expect(err).not.toMatch(/^\s+at /m);
  expect(exit).toBe(3);
  expect(existsSync(join(folder, 'report'))).toBe(false);
});

test('a report that cannot be read, or written, is one message', async () => {
  const report = join(folder, 'report');
  mkdirSync(report);
  writeFileSync(join(report, 'envelope.json'), '{');
  expect(await om('show-report')).toMatchObject({ exit: 3, err: expect.stringContaining('NO_REPORT: the report in') });
  const out = join(report, 'envelope.json', 'x');
  const said = await om('run', '--out', out, '--target', targetFile(1));
  expect(said.err).toContain(`error FILE_SYSTEM: a report cannot be written to ${out}: ENOTDIR`);
  expect(said.exit).toBe(2);
});

test(
  'a folder that something is mounted on gets the report',
  async (context) => {
    const report = join(folder, 'report');
    mkdirSync(report);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', report], { stdio: 'pipe' });
    } catch (error) {
      context.skip(`nothing can be mounted here: ${String(error).split('\n', 1)[0]}`);
    }
    try {
      for (let run = 0; run < 2; run += 1) {
        const { exit, err } = await om('run', 'features/wire', '--target', targetFile(1));
        expect([exit, err]).toEqual([2, '']);
        expect(readdirSync(report).sort()).toEqual(['envelope.json', 'junit.xml', 'messages.ndjson', 'report.html']);
      }
      expect(readdirSync(folder).sort()).toEqual(['report', 'x.target.yaml']);
    } finally {
      execFileSync('umount', ['-l', report]);
    }
  },
  PATIENCE_MS,
);

test('a stack trace is there for the asking', async () => {
  const { err } = await om('run', '--rule', 'NS-VOL-77', '--debug');
  expect(err).toMatch(/^\s+at /m);
});

test('the programs of the package can be run by their names, however the package was built', () => {
  // npm makes them executable only when it links them for the first time: a later build must not take that back.
  for (const file of ['dist/kit/cli/main.js', 'dist/reference/cli/main.js']) {
    expect(execFileSync(join(PACKAGE_ROOT, file), ['--version'], { encoding: 'utf8' })).toMatch(/^\d+\.\d+\.\d+/);
  }
});

test('help and version end with 0', async () => {
  expect(await om('--version')).toMatchObject({ exit: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+/) });
  expect(await om('run', '--help')).toMatchObject({ exit: 0, out: expect.stringContaining('--allow-partial') });
});

test.each(['list', 'steps', 'explain NS-VOL-1', 'explain NO_LEADER', 'explain target'])('%s answers', async (line) => {
  const { exit, out } = await om(...line.split(' '));
  expect([exit, out.split('\n').length > 2]).toEqual([0, true]);
});

test(
  'a node that is not there: one message with its address, exit code 2, and a report that says INCOMPLETE',
  async () => {
    const { exit, out } = await om('run', 'features/wire', '--target', targetFile(1), '--timeout-factor', '0.05');
    expect(out).toMatch(/core +INCOMPLETE +0\/\d+ MUST rules verified/);
    expect(out).toMatch(/NODE_UNREACHABLE|NO_LEADER/);
    expect(exit).toBe(2);
    expect(readdirSync(join(folder, 'report')).sort()).toEqual([
      'envelope.json',
      'junit.xml',
      'messages.ndjson',
      'report.html',
    ]);
    const shown = await om('show-report');
    expect(shown).toMatchObject({ exit: 0, out: expect.stringMatching(/core +INCOMPLETE/) });
  },
  PATIENCE_MS,
);

test.each<[string, string, readonly string[]]>([
  ['om-conformance run', MAIN, ['run', 'features/wire']],
  ['npx cucumber-js', CUCUMBER, ['features/wire']],
])(
  '%s ends when it is interrupted, writes what it knows, and leaves nothing behind',
  async (_, program, args) => {
    const target = await silentTarget();
    const { child, ended, says } = start(program, args, { OM_TARGET: target });
    await says('examining the cluster');
    child.kill('SIGINT');
    expect(await ended).toBe(2);
    const envelope = JSON.parse(readFileSync(join(folder, 'report', 'envelope.json'), 'utf8'));
    expect(envelope.stopped).toBe('interrupted');
    expect(envelope.summary.profiles[0].verdict).toBe('INCOMPLETE');
    expect(readdirSync(folder).sort()).toEqual(['report', 'x.target.yaml']);
  },
  PATIENCE_MS,
);

test(
  'doctor says what it found and ends with 2 when something is wrong',
  async () => {
    const { exit, out } = await om('doctor', '--target', targetFile(1), '--timeout-factor', '0.05');
    expect(out).toMatch(/FAIL {2}NODE_UNREACHABLE: om1 at 127\.0\.0\.1:1/);
    expect(exit).toBe(2);
  },
  PATIENCE_MS,
);

test(
  'a disk that is full is one message with the file, exit code 2, and no half report',
  async () => {
    const limited = ['-c', 'ulimit -f 8; exec "$0" "$@"', process.execPath, MAIN, 'run', 'features/wire'];
    const out = join(folder, 'report');
    const shell = spawn('/bin/sh', limited, {
      cwd: PACKAGE_ROOT,
      env: { ...process.env, OM_TARGET: targetFile(1), OM_TIMEOUT_FACTOR: '0.05', OM_OUT: out },
    });
    children.add(shell);
    let err = '';
    shell.stderr.on('data', (chunk) => (err += chunk));
    const exit = await new Promise((resolve) => shell.on('close', resolve));
    expect(err).toMatch(/error FILE_SYSTEM: .*messages\.ndjson cannot be written: EFBIG/);
    expect(exit).toBe(2);
    expect(readdirSync(folder)).toEqual(['x.target.yaml']);
  },
  PATIENCE_MS,
);
