/**
 * The command line of one server process, and what the Java version string says. Finding Java is `toolchain.ts`.
 */
import { join } from 'node:path';
import { type NodeName, SCM } from './layout.js';

/** `quick` compiles with C1 only: less than half of the start-up work, slower under sustained load. `full` is Java's own way. */
export type Compiler = 'quick' | 'full';

/** A class data sharing archive: read by this start, or written when the process ends by itself. */
export type ClassArchive = { readonly use: string } | { readonly write: string };

export interface JvmOptions {
  /** e.g. `512m` */
  readonly heap: string;
  readonly compiler: Compiler;
  /** Given last, so that they win over ours. */
  readonly javaOptions: readonly string[];
}

/** What Ozone's libraries need of a modular Java. */
const MODULES = [
  '--add-opens=java.base/java.nio=ALL-UNNAMED',
  '--add-opens=java.base/java.lang=ALL-UNNAMED',
  '--add-opens=java.base/java.lang.reflect=ALL-UNNAMED',
  '--add-opens=java.management/com.sun.jmx.mbeanserver=ALL-UNNAMED',
  '--add-exports=java.management/com.sun.jmx.mbeanserver=ALL-UNNAMED',
  '-Dorg.apache.ratis.thirdparty.io.netty.tryReflectionSetAccessible=true',
];

const SCM_MAIN = 'org.apache.hadoop.hdds.scm.server.StorageContainerManagerStarter';
const OM_MAIN = 'org.apache.hadoop.ozone.om.OzoneManagerStarter';

/** Everything after `java`; the class path is in the environment (`CLASSPATH`), which keeps this readable in `ps`. */
export function nodeArguments(
  node: NodeName,
  dataDir: string,
  options: JvmOptions,
  archive: ClassArchive | undefined,
  task: 'init' | 'run',
): readonly string[] {
  return [
    `-Xmx${options.heap}`,
    // A quarter less resident memory and start-up work than G1, the default on two cores.
    '-XX:+UseSerialGC',
    ...(options.compiler === 'quick' ? ['-XX:TieredStopAtLevel=1'] : []),
    ...archiveArguments(archive),
    // A killed JVM leaves the native libraries that it unpacked; in our own folder they go with it.
    `-Djava.io.tmpdir=${join(dataDir, 'tmp')}`,
    `-XX:ErrorFile=${join(dataDir, 'log', `${node}-crash-%p.log`)}`,
    ...MODULES,
    `-Dlog4j.configuration=file:${join(dataDir, 'log4j.properties')}`,
    ...options.javaOptions,
    node === SCM ? SCM_MAIN : OM_MAIN,
    // One dash: the servers' option parser knows no other form.
    '-conf',
    join(dataDir, 'ozone-site.xml'),
    '-D',
    `ozone.metadata.dirs=${join(dataDir, node)}`,
    ...(node === SCM ? [] : ['-D', `ozone.om.node.id=${node}`]),
    ...(task === 'init' ? ['--init'] : []),
  ];
}

const WRITE = '-XX:ArchiveClassesAtExit=';

function archiveArguments(archive: ClassArchive | undefined): readonly string[] {
  if (archive === undefined) return [];
  // Classes that cannot be archived are of no interest to whoever reads the log.
  return ['-Xlog:cds=error', 'use' in archive ? `-XX:SharedArchiveFile=${archive.use}` : `${WRITE}${archive.write}`];
}

/** The archive that a process will write at its end, by its command line. */
export function archiveWrittenBy(args: readonly string[]): string | undefined {
  return args.find((argument) => argument.startsWith(WRITE))?.slice(WRITE.length);
}

/** 17 is what this launcher was run with; from 23 on Java refuses a call that Hadoop's libraries make. */
export const JAVA_VERSIONS = { from: 17, to: 22 } as const;

/** Major version in the output of `java -version`: `17.0.15` → 17, `1.8.0_292` → 8. */
export function javaMajor(output: string): number | undefined {
  const match = /version "(\d+)(?:\.(\d+))?/.exec(output);
  if (match === null) return undefined;
  const first = Number(match[1]);
  return first === 1 && match[2] !== undefined ? Number(match[2]) : first;
}
