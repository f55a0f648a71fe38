import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import { PACKAGE_ROOT } from '../run/package.js';
import { decode } from '../wire/plain.js';
import { askedCommand, LEASE_WITHOUT_LIMITS, NO_LIMIT } from './asked-commands.js';
import { COMMAND_NAMES } from './command-message.js';
import { wholeMessage } from './damaged-message.js';

const { OMRequest, ReadConsistencyProto, Type } = hadoop.ozone;
const THERE = { volume: 'v', bucket: 'b', key: 'k', empty: 'e', prefix: 'p-' };

describe('the commands of RC-6', () => {
  it.each(COMMAND_NAMES)('%s: a whole request that carries its hint, also where it is made of bytes', (command) => {
    const { request, options } = askedCommand(command, THERE, LEASE_WITHOUT_LIMITS);
    const message = decode(OMRequest, options.message ?? wholeMessage(request));
    expect(message.cmdType).toBe(Type[command]);
    expect(message.readConsistencyHint).toEqual({
      readConsistency: ReadConsistencyProto.LOCAL_LEASE,
      localLeaseContext: { logLimit: NO_LIMIT, leaseTimeMs: NO_LIMIT },
    });
    expect(askedCommand(command, THERE, undefined).request.readConsistencyHint).toBeUndefined();
  });

  it('stand in the tables of FR-ADMIT-3 once each', () => {
    const feature = readFileSync(join(PACKAGE_ROOT, 'features', 'follower-reads', 'admission.feature'), 'utf8');
    const [, rule = ''] = /Rule: FR-ADMIT-3 (.*?)\n {2}@FR-/s.exec(feature) ?? [];
    const rows = rule.split('\n').filter((line) => /^ +\| [A-Z]/.test(line));
    expect(rows.flatMap((row) => row.match(/[A-Z]\w+/g) ?? []).sort()).toEqual([...COMMAND_NAMES].sort());
  });

  it('stand in its tables once each, but for Msync', () => {
    const feature = readFileSync(join(PACKAGE_ROOT, 'features', 'read-consistency', 'commands.feature'), 'utf8');
    const rows = feature.split('\n').filter((line) => /^ +\| [A-Z]/.test(line));
    const named = rows.flatMap((row) => row.match(/[A-Z]\w+/g) ?? []);
    expect([...named].sort()).toEqual(COMMAND_NAMES.filter((name) => name !== 'Msync').sort());
  });
});
