import { describe, expect, test } from 'vitest';
import { archiveWrittenBy, type JvmOptions, javaMajor, nodeArguments } from './jvm.js';

const options: JvmOptions = { heap: '300m', compiler: 'quick', javaOptions: [] };

describe('the command line of a server', () => {
  test('of an OM names its main class, site, data folder and node id, in this order', () => {
    const args = nodeArguments('om2', '/d', options, undefined, 'run');
    const main = args.indexOf('org.apache.hadoop.ozone.om.OzoneManagerStarter');
    expect(args.slice(main + 1)).toEqual([
      '-conf',
      '/d/ozone-site.xml',
      '-D',
      'ozone.metadata.dirs=/d/om2',
      '-D',
      'ozone.om.node.id=om2',
    ]);
  });

  test('of the SCM has another main class and no node id', () => {
    const args = nodeArguments('scm', '/d', options, undefined, 'run');
    const main = args.indexOf('org.apache.hadoop.hdds.scm.server.StorageContainerManagerStarter');
    expect(args.slice(main + 1)).toEqual(['-conf', '/d/ozone-site.xml', '-D', 'ozone.metadata.dirs=/d/scm']);
  });

  test('ends with --init for an initialisation', () => {
    expect(nodeArguments('om1', '/d', options, undefined, 'init').at(-1)).toBe('--init');
    expect(nodeArguments('om1', '/d', options, undefined, 'run')).not.toContain('--init');
  });

  test('options of the user come after ours and before the main class', () => {
    const args = nodeArguments('om1', '/d', { ...options, javaOptions: ['-Xmx1g'] }, undefined, 'run');
    expect(args.indexOf('-Xmx1g')).toBeGreaterThan(args.indexOf('-Xmx300m'));
    expect(args.indexOf('-Xmx1g')).toBe(args.indexOf('org.apache.hadoop.ozone.om.OzoneManagerStarter') - 1);
  });

  test('`full` leaves the compiler alone', () => {
    const full = nodeArguments('om1', '/d', { ...options, compiler: 'full' }, undefined, 'run');
    expect(full.some((one) => one.includes('Tiered'))).toBe(false);
    expect(nodeArguments('om1', '/d', options, undefined, 'run')).toContain('-XX:TieredStopAtLevel=1');
  });

  test('nothing is left in a folder that is not ours', () => {
    const args = nodeArguments('om1', '/d', options, undefined, 'run');
    expect(args).toContain('-Djava.io.tmpdir=/d/tmp');
    expect(args).toContain('-XX:ErrorFile=/d/log/om1-crash-%p.log');
  });

  test('a class archive is read or written, and the writer is known by its command line', () => {
    const reader = nodeArguments('om1', '/d', options, { use: '/c/om.jsa' }, 'run');
    expect(reader).toContain('-XX:SharedArchiveFile=/c/om.jsa');
    expect(archiveWrittenBy(reader)).toBeUndefined();
    const writer = nodeArguments('om1', '/d', options, { write: '/c/om.jsa.part' }, 'run');
    expect(archiveWrittenBy(writer)).toBe('/c/om.jsa.part');
  });
});

describe('the version of Java', () => {
  test.each([
    ['openjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime Environment', 17],
    ['java version "1.8.0_292"', 8],
    ['openjdk version "21" 2023-09-19', 21],
    ['openjdk version "22-ea" 2024-03-19', 22],
    ['Picked up JAVA_TOOL_OPTIONS: -Da=b\nopenjdk version "11.0.2" 2019', 11],
    ['command not found', undefined],
    ['', undefined],
  ])('%j is %s', (output, major) => {
    expect(javaMajor(output)).toBe(major);
  });
});
