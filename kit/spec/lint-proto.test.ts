import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../run/package.js';
import { lintProto } from './lint-proto.js';
import { parseWireContract } from './wire-contract.js';

const read = (name: string) => readFileSync(join(PACKAGE_ROOT, 'proto', name), 'utf8');
const files = new Map(['security.proto', 'hdds.proto', 'om.proto'].map((name) => [name, read(name)]));
const contract = parseWireContract(read('wire-contract.json'));

function findings(file: string, search: string | RegExp, replacement: string): string[] {
  const text = files.get(file) ?? '';
  const changed = text.replace(search, replacement);
  expect(changed).not.toBe(text);
  return lintProto(new Map([...files, [file, changed]]), contract).map(
    ({ check, where, message }) => `${where} ${check}: ${message}`,
  );
}

test('the files as they are have no findings', () => {
  expect(lintProto(files, contract)).toEqual([]);
});

test.each<[string, string, string | RegExp, string, RegExp]>([
  [
    'a number',
    'om.proto',
    'createVolumeRequest = 11;',
    'createVolumeRequest = 12345;',
    /om\.proto proto-differs: .*createVolumeRequest = 12345", upstream has/,
  ],
  [
    'a name',
    'om.proto',
    'optional string traceID = 2;',
    'optional string traceId = 2;',
    /traceId = 2", which is neither/,
  ],
  [
    'a type',
    'om.proto',
    'optional string traceID = 2;',
    'optional bytes traceID = 2;',
    /"bytes traceID = 2", upstream has "string traceID = 2"/,
  ],
  [
    'a label',
    'om.proto',
    'required string clientId = 3;',
    'optional string clientId = 3;',
    /upstream has "required string clientId = 3"/,
  ],
  [
    'a default',
    'om.proto',
    /quotaInNamespace = 11 \[default = -2\]/,
    'quotaInNamespace = 11 [default = -1]',
    /default = -1.*upstream has.*default = -2/,
  ],
  [
    'a default left out',
    'om.proto',
    /quotaInNamespace = 11 \[default = -2\]/,
    'quotaInNamespace = 11',
    /upstream has.*default = -2/,
  ],
  [
    'a value of an enum',
    'om.proto',
    /CreateVolume = 11;/,
    'CreateVolume = 10;',
    /Type has "CreateVolume = 10", upstream has "CreateVolume = 11"/,
  ],
  [
    'an addition of nobody’s',
    'om.proto',
    'optional string traceID = 2;',
    'optional string traceID = 2; optional string extra = 1009;',
    /extra = 1009", which is neither/,
  ],
  [
    'a message of nobody’s',
    'om.proto',
    'message MsyncResponse {',
    'message Extra {} message MsyncResponse {',
    /proto-unknown: hadoop\.ozone\.Extra/,
  ],
  [
    'a number of the binding',
    'om.proto',
    'raftGroup = 1001;',
    'raftGroup = 1002;',
    /lacks the wire binding's "hadoop\.hdds\.UUID raftGroup = 1001"/,
  ],
  [
    'a value of the binding left out',
    'om.proto',
    /\n\s*Msync = 1001;[^\n]*/,
    '',
    /lacks the wire binding's "Msync = 1001"/,
  ],
])('%s that differs is found', (_, file, search, replacement, message) => {
  expect(findings(file, search, replacement).join('\n')).toMatch(message);
});
