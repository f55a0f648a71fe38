/**
 * The configuration that the servers start with: Ozone's keys for three OMs and one SCM on loopback, as the file
 * `ozone-site.xml`. Which process gets which data folder is said on its command line (`jvm.ts`).
 */
import { UsageError } from '../../failure.js';
import { STAGES, type Stage } from '../../run/capability.js';
import { type ConfigurationKeys as Keys, READ_TIMEOUT, STAGE_KEYS, sameKeys } from '../../run/stages.js';
import { type Layout, OM_IDS } from './layout.js';

const SERVICE = 'omsvc';

/** Set to fit three OMs on one small host; a target file may set them otherwise. */
const DEFAULTS: Keys = {
  // Upstream's 5 s would make each of the SCM's two starts wait 5 s for the election that its only member wins.
  'ozone.scm.ha.ratis.leader.election.timeout': '1s',
  'ozone.scm.ha.ratis.leader.ready.check.interval': '200ms',
  // Ten threads ask an empty queue of datanode reports every millisecond: a tenth of a core, all day.
  'ozone.scm.event.ContainerReportOrIncrementalContainerReport.thread.pool.size': '1',
  // Upstream's 5 s election time-out belongs to hosts far apart; its own test cluster uses 1 s.
  'ozone.om.ratis.minimum.timeout': '1s',
  // Upstream's 60 s between two looks at what directories left behind is longer than any `eventually` (NS-QTA-1).
  'ozone.directory.deleting.service.interval': '1s',
  // Serves pages, and whole-database copies to an OM that is a million entries behind. A quarter of an OM's start time.
  'ozone.om.http.enabled': 'false',
};

/**
 * Stages that a release can be put in: the read-consistency keys came with 2.2. No release knows the keys of follower reads, and
 * each ignores keys that it does not know: whoever claims them for one sees in that stage that they are missing.
 */
export function stagesOf(version: string): readonly Stage[] {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return major > 2 || (major === 2 && minor >= 2) ? ['plain', 'read-consistency', 'follower-reads'] : ['plain'];
}

/**
 * Keys of a stage. The read time-out is left as the release has it, ten seconds: an idle follower may hear of what its leader has
 * committed so late that three of them end a read which nothing is wrong with.
 */
export function stageKeys(stage: Stage): Keys {
  const keys = STAGE_KEYS[stage];
  if (keys === undefined) throw new UsageError('STAGE_UNAVAILABLE', `no release of Apache Ozone has a stage ${stage}`);
  return withoutReadTimeout(keys);
}

function withoutReadTimeout(keys: Keys): Keys {
  return Object.fromEntries(Object.entries(keys).filter(([key]) => key !== READ_TIMEOUT));
}

/** Whether a cluster in one stage is, as it is, also in the other. */
export function sameConfiguration(one: Stage, other: Stage): boolean {
  return sameKeys(stageKeys(one), stageKeys(other));
}

function addresses({ scm, oms }: Layout): Keys {
  const keys: Record<string, string> = {
    'ozone.scm.names': '127.0.0.1',
    'ozone.scm.client.address': `127.0.0.1:${scm.client}`,
    'ozone.scm.client.bind.host': '127.0.0.1',
    'ozone.scm.block.client.address': `127.0.0.1:${scm.block}`,
    'ozone.scm.block.client.bind.host': '127.0.0.1',
    'ozone.scm.datanode.address': `127.0.0.1:${scm.datanode}`,
    'ozone.scm.datanode.bind.host': '127.0.0.1',
    'ozone.scm.security.service.address': `127.0.0.1:${scm.security}`,
    'ozone.scm.security.service.bind.host': '127.0.0.1',
    'ozone.scm.ratis.port': String(scm.ratis),
    'ozone.scm.grpc.port': String(scm.grpc),
    'ozone.scm.http.enabled': 'false',
    'ozone.om.service.ids': SERVICE,
    'ozone.om.internal.service.id': SERVICE,
    [`ozone.om.nodes.${SERVICE}`]: OM_IDS.join(','),
    'ozone.om.http-bind-host': '127.0.0.1',
    // Without it an OM's Ratis listens on every interface. The gRPC service has no such key.
    'ozone.om.ha.raft.grpc.server.host': '127.0.0.1',
  };
  for (const id of OM_IDS) {
    keys[`ozone.om.address.${SERVICE}.${id}`] = `127.0.0.1:${oms[id].rpc}`;
    keys[`ozone.om.http-address.${SERVICE}.${id}`] = `127.0.0.1:${oms[id].http}`;
    keys[`ozone.om.ratis.port.${SERVICE}.${id}`] = String(oms[id].ratis);
    keys[`ozone.om.grpc.port.${SERVICE}.${id}`] = String(oms[id].grpc);
  }
  return keys;
}

/** On the command line of each process. */
const PER_PROCESS = ['ozone.metadata.dirs', 'ozone.om.node.id'];

/**
 * All keys of `ozone-site.xml`.
 * @param extra keys of the target file; they replace defaults. Throws UsageError for one that is not theirs to set.
 */
export function siteKeys(layout: Layout, stage: Stage, extra: Keys): Keys {
  const fixed = addresses(layout);
  for (const key of Object.keys(extra)) {
    if (STAGES.some((one) => key in withoutReadTimeout(STAGE_KEYS[one] ?? {}))) {
      throw new UsageError('TARGET_FILE_INVALID', `key ${key} belongs to the stages: remove it`);
    }
    if (key in fixed || PER_PROCESS.includes(key)) {
      throw new UsageError('TARGET_FILE_INVALID', `key ${key} is set by the launcher of apache-ozone: remove it`);
    }
  }
  return { ...DEFAULTS, ...extra, ...fixed, ...stageKeys(stage) };
}

export function siteXml(keys: Keys): string {
  const properties = Object.entries(keys).map(
    ([name, value]) => `  <property><name>${escapeXml(name)}</name><value>${escapeXml(value)}</value></property>\n`,
  );
  return `<?xml version="1.0"?>\n<configuration>\n${properties.join('')}</configuration>\n`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text for an XML element: characters that XML 1.0 cannot hold at all are refused. */
export function escapeXml(text: string): string {
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text)) {
    throw new UsageError('TARGET_FILE_INVALID', `a key or value holds a control character: ${JSON.stringify(text)}`);
  }
  return text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);
}

/** Every refused call would write a stack trace; the class that does it is silenced, the rest logs as upstream does. */
export const LOG4J_PROPERTIES = `log4j.rootLogger=INFO,A
log4j.logger.org.apache.hadoop.ozone.om.OzoneManagerServiceGrpc=OFF
log4j.appender.A=org.apache.log4j.ConsoleAppender
log4j.appender.A.layout=org.apache.log4j.PatternLayout
log4j.appender.A.layout.ConversionPattern=%d{ISO8601} %-5p %c{1}: %m%n
`;
