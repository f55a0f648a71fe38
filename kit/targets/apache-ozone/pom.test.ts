import { describe, expect, test } from 'vitest';
import { mavenArguments, mavenBuild } from './pom.js';

describe('the Maven build', () => {
  const build = mavenBuild('2.2.0');

  test('is a reactor whose modules exist', () => {
    const modules = [...(build['pom.xml'] ?? '').matchAll(/<module>(.*?)<\/module>/g)].map((match) => match[1]);
    expect(modules.map((name) => `${name}/pom.xml`).sort()).toEqual(
      Object.keys(build)
        .filter((path) => path !== 'pom.xml')
        .sort(),
    );
  });

  test('holds the unpublished parent with the coordinates that the released POMs ask for', () => {
    const text = (build['stand-in/pom.xml'] ?? '').replace(/\s+/g, ' ');
    expect(text).toContain(
      '<parent> <groupId>org.apache.ozone</groupId><artifactId>hdds</artifactId><version>2.2.0</version> <relativePath/> </parent>',
    );
    // Group and version are the parent's.
    expect(text).toContain(
      '</parent> <artifactId>hdds-hadoop-dependency-client</artifactId><packaging>pom</packaging>',
    );
  });

  test("takes Hadoop's version from Ozone and nothing that Hadoop depends on", () => {
    const text = build['stand-in/pom.xml'] ?? '';
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Maven's own syntax
    expect(text.split('<version>${hadoop.version}</version>')).toHaveLength(4);
    expect(text.split('<groupId>*</groupId><artifactId>*</artifactId>')).toHaveLength(4);
  });

  test('asks for an OM and an SCM of the version', () => {
    const text = mavenBuild('2.1.0')['jars/pom.xml'] ?? '';
    for (const artifact of ['ozone-manager', 'hdds-server-scm']) {
      expect(text).toContain(`<artifactId>${artifact}</artifactId><version>2.1.0</version>`);
    }
  });

  test('a version cannot break out of its element', () => {
    expect(mavenBuild('1</version>')['jars/pom.xml']).toContain('<version>1&lt;/version&gt;</version>');
  });

  test('is run on its own file, without a terminal', () => {
    const args = mavenArguments('/w/build', '/w/jars');
    expect(args.slice(0, 4)).toEqual(['-B', '-ntp', '-f', '/w/build/pom.xml']);
    expect(args).toContain('-DoutputDirectory=/w/jars');
    expect(args.find((one) => one.includes('copy-dependencies'))).toMatch(/:\d+\.\d+\.\d+:copy-dependencies$/);
  });
});
