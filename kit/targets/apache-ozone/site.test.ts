import { describe, expect, test } from 'vitest';
import { UsageError } from '../../failure.js';
import { READ_TIMEOUT } from '../../run/stages.js';
import { layoutOf } from './layout.js';
import { escapeXml, sameConfiguration, siteKeys, siteXml, stagesOf } from './site.js';

const layout = layoutOf(20_000);
const READ_OPTION = 'ozone.om.ha.raft.server.read.option';

describe('the keys of a cluster', () => {
  test('name three OMs and where each of them listens', () => {
    const keys = siteKeys(layout, 'plain', {});
    expect(keys['ozone.om.nodes.omsvc']).toBe('om1,om2,om3');
    expect(keys['ozone.om.address.omsvc.om2']).toBe('127.0.0.1:20020');
    expect(keys['ozone.om.ratis.port.omsvc.om2']).toBe('20022');
    expect(keys['ozone.om.grpc.port.omsvc.om3']).toBe('20033');
    expect(keys['ozone.scm.block.client.address']).toBe('127.0.0.1:20001');
  });

  test('every port of the layout is told to somebody', () => {
    const text = JSON.stringify(siteKeys(layout, 'plain', {}));
    for (const port of [
      ...Object.values(layout.scm),
      ...Object.values(layout.oms).flatMap((om) => Object.values(om)),
    ]) {
      expect(text).toContain(String(port));
    }
  });

  test('the plain stage leaves reads as a server has them by default', () => {
    const keys = siteKeys(layout, 'plain', {});
    expect(keys).not.toHaveProperty([READ_OPTION]);
    expect(keys).not.toHaveProperty(['ozone.om.follower.read.local.lease.enabled']);
  });

  test('the read-consistency stage turns on linearizable reads and the local lease, and leaves the read time-out', () => {
    const keys = siteKeys(layout, 'read-consistency', {});
    expect(keys[READ_OPTION]).toBe('LINEARIZABLE');
    expect(keys['ozone.om.follower.read.local.lease.enabled']).toBe('true');
    expect(keys).not.toHaveProperty([READ_TIMEOUT]);
  });

  test('a target file may set the read time-out', () => {
    expect(siteKeys(layout, 'read-consistency', { [READ_TIMEOUT]: '20s' })[READ_TIMEOUT]).toBe('20s');
  });

  test('a target file adds keys and replaces defaults', () => {
    const keys = siteKeys(layout, 'plain', { 'ozone.om.http.enabled': 'true', 'my.key': 'x' });
    expect(keys['ozone.om.http.enabled']).toBe('true');
    expect(keys['my.key']).toBe('x');
  });

  test.each([
    ['an address', 'ozone.om.address.omsvc.om1'],
    ['a node id', 'ozone.om.node.id'],
    ['a data folder', 'ozone.metadata.dirs'],
    ['a key of a stage', READ_OPTION],
  ])('a target file may not set %s', (_, key) => {
    expect(() => siteKeys(layout, 'plain', { [key]: 'x' })).toThrow(UsageError);
    expect(() => siteKeys(layout, 'plain', { [key]: 'x' })).toThrow(key);
  });

  test('a stage that no release has is refused', () => {
    expect(() => siteKeys(layout, 'multi-raft', {})).toThrow('multi-raft');
  });
});

describe('stages', () => {
  test.each([
    ['2.2.0', ['plain', 'read-consistency', 'follower-reads']],
    ['2.10.3', ['plain', 'read-consistency', 'follower-reads']],
    ['3.0.0', ['plain', 'read-consistency', 'follower-reads']],
    ['2.1.1', ['plain']],
    ['1.4.1', ['plain']],
  ])('of release %s', (version, stages) => {
    expect(stagesOf(version)).toEqual(stages);
  });

  test('are the same configuration only for the same keys', () => {
    expect(sameConfiguration('plain', 'plain')).toBe(true);
    expect(sameConfiguration('plain', 'read-consistency')).toBe(false);
  });
});

describe('the site file', () => {
  test('holds each key once, escaped', () => {
    expect(siteXml({ a: '1', 'b.c': '<&">' })).toBe(
      '<?xml version="1.0"?>\n<configuration>\n' +
        '  <property><name>a</name><value>1</value></property>\n' +
        '  <property><name>b.c</name><value>&lt;&amp;&quot;&gt;</value></property>\n</configuration>\n',
    );
  });

  test('refuses what XML cannot hold', () => {
    expect(() => escapeXml('a\u0000b')).toThrow(UsageError);
    expect(escapeXml('tab\tand ü')).toBe('tab\tand ü');
  });
});
