/**
 * The Maven build that fetches a release: a reactor of two modules. One asks for the servers' jars. The other stands in for
 * `hdds-hadoop-dependency-client`, the parent POM of some of them, which was left out when 2.0.0, 2.1.1 and 2.2.0 were
 * published. As a module of the build it is found before any repository is asked, so mirrors do not matter and nothing of
 * ours is written to the user's local repository.
 */
import { escapeXml } from './site.js';

const HEAD = '<project xmlns="http://maven.apache.org/POM/4.0.0">\n  <modelVersion>4.0.0</modelVersion>\n';
const OURS = '<groupId>om-conformance.apache-ozone</groupId>';

/** Pinned, so that a default of some Maven version does not decide what is resolved. */
export const COPY_DEPENDENCIES = 'org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy-dependencies';

/** What the stand-in manages, each without its own dependencies: Ozone brings the few that it needs. */
const HADOOP = ['hadoop-common', 'hadoop-hdfs', 'hadoop-hdfs-client'];
/** An OM and an SCM; the rest follows from these. */
const SERVERS = ['ozone-manager', 'hdds-server-scm'];

/** Files of the build: path below its folder → text. */
export function mavenBuild(version: string): Readonly<Record<string, string>> {
  return {
    'pom.xml': `${HEAD}  ${OURS}<artifactId>build</artifactId><version>1</version><packaging>pom</packaging>
  <modules><module>stand-in</module><module>jars</module></modules>
</project>
`,
    'stand-in/pom.xml': standIn(escapeXml(version)),
    'jars/pom.xml': jars(escapeXml(version)),
  };
}

function standIn(version: string): string {
  const managed = HADOOP.map(
    (artifact) => `    <dependency>
      <groupId>org.apache.hadoop</groupId><artifactId>${artifact}</artifactId><version>\${hadoop.version}</version>
      <exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>
    </dependency>
`,
  );
  return `${HEAD}  <parent>
    <groupId>org.apache.ozone</groupId><artifactId>hdds</artifactId><version>${version}</version>
    <relativePath/>
  </parent>
  <artifactId>hdds-hadoop-dependency-client</artifactId><packaging>pom</packaging>
  <dependencyManagement><dependencies>
${managed.join('')}  </dependencies></dependencyManagement>
</project>
`;
}

function jars(version: string): string {
  const wanted = SERVERS.map(
    (artifact) =>
      `    <dependency><groupId>org.apache.ozone</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>\n`,
  );
  return `${HEAD}  ${OURS}<artifactId>jars</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
${wanted.join('')}  </dependencies>
</project>
`;
}

/** @param build folder that holds `mavenBuild`; @param output folder that the jars go to */
export function mavenArguments(build: string, output: string): readonly string[] {
  return [
    '-B',
    '-ntp',
    '-f',
    `${build}/pom.xml`,
    COPY_DEPENDENCIES,
    '-DincludeScope=runtime',
    `-DoutputDirectory=${output}`,
  ];
}
