/** Finds the Java that runs the servers and the Maven that fetches them, and says what to install where one is missing. */
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { EnvironmentError } from '../../failure.js';
import { printable } from '../../wire/text.js';
import { JAVA_VERSIONS, javaMajor } from './jvm.js';

export interface Java {
  readonly path: string;
  /** All that `java -version` says: builds differ in what they can share. */
  readonly version: string;
}

const JAVA_TIMEOUT_MS = 60_000;

/** @throws EnvironmentError JAVA_UNSUITABLE */
export async function findJava(env: NodeJS.ProcessEnv): Promise<Java> {
  const home = env.JAVA_HOME;
  const path = home ? join(home, 'bin', 'java') : onPath('java', env);
  if (path === undefined || !isExecutable(path)) {
    const where = home ? `JAVA_HOME is ${home}, which has no bin/java` : 'there is no `java` on the PATH';
    throw new EnvironmentError(
      'JAVA_UNSUITABLE',
      `${where}: install JDK ${JAVA_VERSIONS.from} or set JAVA_HOME to one`,
    );
  }
  let version: string;
  try {
    const { stdout, stderr } = await promisify(execFile)(path, ['-version'], { timeout: JAVA_TIMEOUT_MS, env });
    version = `${stdout}${stderr}`.trim();
  } catch (cause) {
    throw new EnvironmentError('JAVA_UNSUITABLE', `${path} -version failed: ${String(cause)}`, { cause });
  }
  const major = javaMajor(version);
  if (major === undefined || major < JAVA_VERSIONS.from || major > JAVA_VERSIONS.to) {
    throw new EnvironmentError(
      'JAVA_UNSUITABLE',
      `${path} is "${printable(version.split('\n')[0] ?? '', 200)}"; Apache Ozone is run with Java ${JAVA_VERSIONS.from} to ` +
        `${JAVA_VERSIONS.to}: install JDK ${JAVA_VERSIONS.from}, or set JAVA_HOME to one`,
    );
  }
  return { path, version };
}

/** @throws EnvironmentError MAVEN_MISSING */
export function findMaven(env: NodeJS.ProcessEnv): string {
  const path = onPath('mvn', env);
  if (path !== undefined) return path;
  throw new EnvironmentError('MAVEN_MISSING', 'there is no `mvn` on the PATH: install Apache Maven 3.6 or later');
}

function onPath(program: string, env: NodeJS.ProcessEnv): string | undefined {
  return (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, program))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
