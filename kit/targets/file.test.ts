import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../failure.js';
import { parseTargetFile, readTargetFile, readTls } from './file.js';

const IDENTITY = `identity:
  organization: Example
  project: example-om
  version: "1.0"
  url: https://example.org
  contact: om@example.org
`;
const ATTACH = `${IDENTITY}profiles: [core, ha]
nodes:
  om1: 127.0.0.1:8981
`;

function errorOf(text: string): UsageError {
  try {
    parseTargetFile(text, 'x.target.yaml');
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error('the file was accepted');
}

describe('a target file that is right', () => {
  test('attach is assumed, defaults are filled in', () => {
    expect(parseTargetFile(ATTACH, 'x')).toMatchObject({
      kind: 'attach',
      stages: ['plain'],
      nodes: { om1: '127.0.0.1:8981' },
      hooks: {},
      budgets: { callMs: 15_000, failoverMs: 10_000 },
      timeoutFactor: 1,
    });
  });

  test('a reference needs nothing but its kind', () => {
    expect(parseTargetFile('kind: reference', 'x')).toMatchObject({
      kind: 'reference',
      nodes: 3,
      keys: {},
      keep: false,
    });
  });

  test('numbers and booleans may stand as values of keys', () => {
    const text = 'kind: apache-ozone\nkeys:\n  a.b: true\n  c.d: 5\n  e: 60s\n';
    expect(parseTargetFile(text, 'x')).toMatchObject({
      keys: { 'a.b': 'true', 'c.d': '5', e: '60s' },
      version: '2.2.0',
    });
  });

  test('endpoints with control, TLS and hooks', () => {
    const text = `${IDENTITY}profiles: [core]
nodes:
  om-1.a: { address: "[::1]:8981", control: "h.example:9000", tls: { ca: ca.pem, cert: c.pem, key: k.pem } }
hooks:
  restart-node: systemctl restart {node}
  kill-node: { command: "kill {node}", timeoutMs: 5000 }
  freeze-node: { command: "freeze {node}", undo: "thaw {node}" }
`;
    expect(parseTargetFile(text, 'x')).toMatchObject({
      nodes: { 'om-1.a': { address: '[::1]:8981', tls: { cert: 'c.pem' } } },
      hooks: { 'restart-node': 'systemctl restart {node}', 'freeze-node': { undo: 'thaw {node}', timeoutMs: 60_000 } },
    });
  });
});

describe('a target file that is wrong says where and what', () => {
  test.each<[string, string, string]>([
    ['an unknown key', `${ATTACH}node: 1\n`, 'x.target.yaml, line 10, key node: expected no such key, found 1'],
    [
      'an unknown key inside',
      ATTACH.replace('  version', '  licence: MIT\n  version'),
      'line 4, key identity.licence: expected no such key',
    ],
    [
      'a missing key',
      ATTACH.replace('  contact: om@example.org\n', ''),
      'line 2, key identity.contact: expected a text, found nothing',
    ],
    [
      'a whole section missing',
      'kind: attach\nprofiles: [core]\n',
      'key identity: expected keys and values, found nothing',
    ],
    [
      'an unknown kind',
      'kind: docker\n',
      'line 1, key kind: expected attach, processes, containers, reference, apache-ozone, found "docker"',
    ],
    ['a wrong type', ATTACH.replace('"1.0"', '1.0'), 'line 4, key identity.version: expected a text, found 1'],
    [
      'a wrong enum',
      ATTACH.replace('[core, ha]', '[core, fast]'),
      'key profiles.1: expected core, ha, read-consistency',
    ],
    [
      'a wrong address',
      ATTACH.replace('127.0.0.1:8981', 'localhost'),
      'line 9, key nodes.om1: expected host:port, found "localhost"',
    ],
    [
      'a port out of range',
      ATTACH.replace(':8981', ':70000'),
      'key nodes.om1: expected a port up to 65535, found "127.0.0.1:70000"',
    ],
    [
      'a wrong address inside',
      ATTACH.replace('127.0.0.1:8981', '{ address: om1 }'),
      'key nodes.om1.address: expected host:port, found "om1"',
    ],
    [
      'an unknown key of a node',
      ATTACH.replace('127.0.0.1:8981', '{ address: "h:1", ctl: 1 }'),
      'key nodes.om1.ctl: expected no such key, found 1',
    ],
    [
      'a number as a node',
      ATTACH.replace('127.0.0.1:8981', '8981'),
      'key nodes.om1: expected a text or keys and values, found 8981',
    ],
    ['a bad node id', ATTACH.replace('om1:', '"om 1":'), 'key nodes.om 1: expected a key of letters, digits'],
    ['no nodes', ATTACH.replace('\n  om1: 127.0.0.1:8981', ' {}'), 'key nodes: expected at least one node, found {}'],
    [
      'a certificate without its key',
      `${ATTACH}tls: { cert: a.pem }\n`,
      'key tls: expected `cert` and `key` together, or neither',
    ],
    [
      'a kill hook without a restart hook',
      `${ATTACH}hooks: { kill-node: x }\n`,
      'key hooks: expected `restart-node` beside `kill-node`',
    ],
    [
      'a freeze hook that cannot be undone',
      `${ATTACH}hooks: { freeze-node: x }\n`,
      'key hooks.freeze-node: expected keys and values, found "x"',
    ],
    [
      'a hook for what the kit does itself',
      ATTACH.replace(
        'nodes:',
        'kind: processes\ncommands: { start: x }\nhooks: { kill-node: x, restart-node: x }\nnodes:',
      ),
      'key hooks.kill-node: expected no such key',
    ],
    [
      'no image of the nodes',
      `${IDENTITY}kind: containers\nprofiles: [core]\nnodes: { om1: {} }\n`,
      'key image: expected a text',
    ],
    [
      'a mount to nowhere in particular',
      `${IDENTITY}kind: containers\nimage: x\nprofiles: [core]\nnodes: { om1: {} }\nmounts: [{ from: a, to: b }]\n`,
      'key mounts.0.to: expected a path in the container that starts with /',
    ],
    ['a negative budget', `${ATTACH}budgets: { callMs: -5 }\n`, 'key budgets.callMs: expected at least 1, found -5'],
    ['a factor of zero', `${ATTACH}timeoutFactor: 0\n`, 'key timeoutFactor: expected more than 0, found 0'],
    [
      'an endless text',
      ATTACH.replace('Example', 'x'.repeat(600)),
      'key identity.organization: expected at most 500 characters',
    ],
    ['a key twice', `${ATTACH}kind: attach\nkind: attach\n`, 'line 11, not YAML: Map keys must be unique'],
    ['broken YAML', 'kind: [attach\n', 'not YAML'],
    ['two documents', 'kind: attach\n---\nkind: reference\n', 'line 2, more than one document in it'],
    ['a list', '- a\n', 'expected keys and values'],
    ['an empty file', '', 'expected keys and values'],
    [
      'an alias bomb',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
        .split('')
        .map((k, i) => `${k}: &${k} [${Array(9).fill(`*${'abcdefgh'[i]}`)}]`)
        .join('\n')}\n`,
      'not YAML',
    ],
    ['control characters', 'kind: "\\e[31m"\n', 'found "\\u001b[31m"'],
  ])('%s', (_, text, message) => {
    const error = errorOf(text);
    expect(error.message).toContain(message);
    expect(error.code).toBe('TARGET_FILE_INVALID');
  });

  test('a file that is not there, or too large', () => {
    const folder = mkdtempSync(join(tmpdir(), 'omc-test-'));
    try {
      expect(() => readTargetFile(join(folder, 'none.yaml'))).toThrow(/none\.yaml, it cannot be read: ENOENT/);
      writeFileSync(join(folder, 'big.yaml'), 'x'.repeat(1024 * 1024 + 1));
      expect(() => readTargetFile(join(folder, 'big.yaml'))).toThrow(/larger than 1 MiB/);
      expect(() => readTls({ ca: 'none.pem' }, folder)).toThrow(/tls\.ca: .*none\.pem: ENOENT/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
