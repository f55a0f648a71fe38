import { describe, expect, it } from 'vitest';
import { CONFIGURATION_KEYS, ConfigurationError, defaultOf, parseConfiguration } from './configuration.js';

describe('configuration', () => {
  it('has the defaults of the wire binding', () => {
    expect(parseConfiguration({})).toMatchObject({
      reads: { followerReads: false, maxLag: 160_000 },
      waitTimeoutMs: 20_000,
    });
    expect(parseConfiguration({})).toMatchObject({
      reads: { linearizable: false, leaderSkip: false, localLease: false, lease: { logLimit: 10000n, timeMs: 5000n } },
      readTimeoutMs: 10_000,
      writeTimeoutMs: 10_000,
      maxMessageBytes: 134_217_728,
      maxWaitingReads: 10_000,
      tickMs: 50,
      heartbeatTicks: 2,
      electionTicks: 20,
    });
  });

  it('takes every default when it is given as a value', () => {
    const values = Object.fromEntries(CONFIGURATION_KEYS.map((key) => [key, defaultOf(key)]));
    expect(parseConfiguration(values)).toEqual(parseConfiguration({}));
  });

  it('takes values', () => {
    const configuration = parseConfiguration({
      'ozone.om.ha.raft.server.read.option': 'LINEARIZABLE',
      'ozone.om.ha.raft.server.read.timeout': '1500ms',
      'ozone.om.follower.read.local.lease.log.limit': '-1',
      'ozone.om.write.timeout': '2s',
    });
    expect(configuration).toMatchObject({ readTimeoutMs: 1500, writeTimeoutMs: 2000 });
    expect(configuration.reads).toMatchObject({ linearizable: true, lease: { logLimit: -1n } });
  });

  it.each([
    ['ozone.om.nonsense', '1'],
    ['toString', '1'],
    ['ozone.om.ha.raft.server.read.option', 'linearizable'],
    ['ozone.om.allow.leader.skip.linearizable.read', 'yes'],
    ['ozone.om.write.timeout', '-1s'],
    ['ozone.om.write.timeout', '0'],
    ['ozone.om.write.timeout', '25h'],
    ['ozone.om.follower.read.local.lease.time.ms', '5s'],
    ['ozone.om.follower.read.wait.queue.limit', '0'],
    ['ozone.om.grpc.maximum.response.length', '99999999999999999999'],
    ['ozone.om.follower.read.enabled', 'on'],
    ['ozone.om.follower.read.wait.timeout', '0s'],
    ['ozone.om.follower.read.max.lag', '-1'],
    ['ozone.om.multi.raft.bucket.enabled', 'true'],
    ['om.reference.raft.heartbeat', '75ms'],
    ['om.reference.raft.election', '200ms'],
  ])('refuses %s=%s and names the key', (key, value) => {
    expect(() => parseConfiguration({ [key]: value })).toThrow(ConfigurationError);
    expect(() => parseConfiguration({ [key]: value })).toThrow(key);
  });
});
