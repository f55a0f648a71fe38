/**
 * The configuration keys of a node (docs/spec/wire-binding.md §6): names, defaults and what values they take. A key of a
 * later step is known and takes its default only, so that nobody believes to have switched on what is not there.
 */
import type { ReadOptions } from '../reads/route-read.js';
import { durationMs, flag, integer, limit, oneOf, onlyDefault, ValueError } from './configuration-values.js';

const KEYS = {
  'ozone.om.ha.raft.server.read.option': { byDefault: 'DEFAULT', parse: oneOf('DEFAULT', 'LINEARIZABLE') },
  'ozone.om.ha.raft.server.read.timeout': { byDefault: '10s', parse: durationMs(1) },
  'ozone.om.allow.leader.skip.linearizable.read': { byDefault: 'false', parse: flag },
  'ozone.om.follower.read.local.lease.enabled': { byDefault: 'false', parse: flag },
  'ozone.om.follower.read.local.lease.log.limit': { byDefault: '10000', parse: limit },
  'ozone.om.follower.read.local.lease.time.ms': { byDefault: '5000', parse: limit },
  'ozone.om.follower.read.enabled': { byDefault: 'false', parse: flag },
  'ozone.om.follower.read.wait.timeout': { byDefault: '20s', parse: durationMs(1) },
  'ozone.om.follower.read.wait.queue.limit': { byDefault: '10000', parse: integer(1, 1_000_000) },
  'ozone.om.follower.read.max.lag': { byDefault: '160000', parse: integer(0, 999_999_999_999_999) },
  'ozone.om.grpc.maximum.response.length': { byDefault: '134217728', parse: integer(1024, 2 ** 31 - 1) },
  'ozone.om.write.timeout': { byDefault: '10s', parse: durationMs(1) },
  'ozone.om.retry.cache.expiry': { byDefault: '10m', parse: durationMs(1) },

  // What clients do; a node takes them so that one set of keys serves both.
  'ozone.om.follower.read.auto.msync.enabled': { byDefault: 'false', parse: flag },
  'ozone.om.follower.read.stale.threshold.ms': { byDefault: '0', parse: integer(0, 999_999_999_999_999) },

  // This implementation's own: times of the Raft groups, and when a state snapshot is taken and the log cut.
  'om.reference.raft.tick': { byDefault: '50ms', parse: durationMs(5) },
  'om.reference.raft.heartbeat': { byDefault: '100ms', parse: durationMs(5) },
  'om.reference.raft.election': { byDefault: '1s', parse: durationMs(20) },
  'om.reference.snapshot.log.entries': { byDefault: '100000', parse: integer(10, 1_000_000_000) },
  'om.reference.snapshot.log.bytes': { byDefault: '8388608', parse: integer(65_536, 2 ** 31 - 1) },
  'om.reference.snapshot.log.keep': { byDefault: '2000', parse: integer(0, 1_000_000) },

  // Later steps.
  'ozone.om.ha.raft.server.read.leader.lease.enabled': later('false'),
  'ozone.om.multi.raft.bucket.enabled': later('false'),
  'ozone.om.multi.raft.bucket.groups': later('6'),
  'ozone.om.safemode.enabled': later('true'),
  'ozone.om.bucket.raft.groups.reconciler.interval': later('60s'),
  'ozone.om.ratis.unhealthy.peer.timeout': later('30s'),
  'ozone.om.multi.raft.bucket.group.transfer.leader.timeout': later('1s'),
  'ozone.om.multi.raft.bucket.group.transfer.leader.initial.delay': later('30s'),
  'ozone.om.multi.raft.bucket.group.transfer.leader.period': later('60s'),
  'ozone.om.multi.raft.bucket.group.transfer.leader.cool-down': later('60s'),
  'ozone.om.leader.execution.enabled': later('false'),
  'ozone.om.leader.execution.commands': later(''),
} as const;

function later(byDefault: string) {
  return { byDefault, parse: onlyDefault(byDefault) };
}

export type ConfigurationKey = keyof typeof KEYS;
export const CONFIGURATION_KEYS = Object.keys(KEYS) as readonly ConfigurationKey[];

export function defaultOf(key: ConfigurationKey): string {
  return KEYS[key].byDefault;
}

export interface Configuration {
  readonly reads: ReadOptions;
  readonly readTimeoutMs: number;
  /** How long a read waits for the state that its client has seen (FR-QUEUE-5). */
  readonly waitTimeoutMs: number;
  /** Bound on the reads of one group that wait for a position. */
  readonly maxWaitingReads: number;
  readonly maxMessageBytes: number;
  readonly writeTimeoutMs: number;
  /** How long the answer of a named call is remembered, by the times of entries (LE-RETRY-4). */
  readonly callExpiryMs: number;
  readonly tickMs: number;
  readonly heartbeatTicks: number;
  readonly electionTicks: number;
  readonly snapshotAfterEntries: number;
  readonly snapshotAfterBytes: number;
  /** Entries below a snapshot that stay in the log, for followers that are a little behind. */
  readonly keepEntries: number;
}

/** Thrown for an unknown key or a wrong value; names the key. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  constructor(
    readonly key: string,
    text: string,
  ) {
    super(`${key}: ${text}`);
  }
}

/** Values that are absent take their defaults. Throws ConfigurationError. */
export function parseConfiguration(values: Readonly<Record<string, string>>): Configuration {
  for (const key of Object.keys(values)) {
    if (!Object.hasOwn(KEYS, key)) throw new ConfigurationError(key, 'no such configuration key');
  }
  const value = <K extends ConfigurationKey>(key: K): ReturnType<(typeof KEYS)[K]['parse']> => {
    const text = values[key] ?? KEYS[key].byDefault;
    try {
      return KEYS[key].parse(text) as ReturnType<(typeof KEYS)[K]['parse']>;
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      throw new ConfigurationError(key, `${JSON.stringify(text)} is not ${error.message}`);
    }
  };
  for (const key of CONFIGURATION_KEYS) value(key);

  const tickMs = value('om.reference.raft.tick');
  const heartbeatTicks = ticks('om.reference.raft.heartbeat', value('om.reference.raft.heartbeat'), tickMs);
  const electionTicks = ticks('om.reference.raft.election', value('om.reference.raft.election'), tickMs);
  if (electionTicks <= 2 * heartbeatTicks) {
    throw new ConfigurationError('om.reference.raft.election', 'must be more than twice om.reference.raft.heartbeat');
  }
  return {
    reads: {
      followerReads: value('ozone.om.follower.read.enabled'),
      maxLag: value('ozone.om.follower.read.max.lag'),
      linearizable: value('ozone.om.ha.raft.server.read.option') === 'LINEARIZABLE',
      leaderSkip: value('ozone.om.allow.leader.skip.linearizable.read'),
      localLease: value('ozone.om.follower.read.local.lease.enabled'),
      lease: {
        logLimit: value('ozone.om.follower.read.local.lease.log.limit'),
        timeMs: value('ozone.om.follower.read.local.lease.time.ms'),
      },
    },
    readTimeoutMs: value('ozone.om.ha.raft.server.read.timeout'),
    waitTimeoutMs: value('ozone.om.follower.read.wait.timeout'),
    maxWaitingReads: value('ozone.om.follower.read.wait.queue.limit'),
    maxMessageBytes: value('ozone.om.grpc.maximum.response.length'),
    writeTimeoutMs: value('ozone.om.write.timeout'),
    callExpiryMs: value('ozone.om.retry.cache.expiry'),
    tickMs,
    heartbeatTicks,
    electionTicks,
    snapshotAfterEntries: value('om.reference.snapshot.log.entries'),
    snapshotAfterBytes: value('om.reference.snapshot.log.bytes'),
    keepEntries: value('om.reference.snapshot.log.keep'),
  };
}

function ticks(key: ConfigurationKey, ms: number, tickMs: number): number {
  if (ms % tickMs !== 0)
    throw new ConfigurationError(key, `must be a multiple of om.reference.raft.tick (${tickMs}ms)`);
  return ms / tickMs;
}
