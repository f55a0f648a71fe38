import { describe, expect, it } from 'vitest';
import { ratios } from './ratios.js';

const row = (system: string, operation: string, perSecond: number, clients = 64) => ({
  system,
  operation,
  clients,
  perSecond,
});
const ECHO = row('reference', 'echo-write', 600);
const VOLUME = row('reference', 'create-volume', 300);
const PUT = row('etcd', 'put', 1000);
const OZONE = row('apache-ozone', 'echo-write', 200);

describe('ratios', () => {
  it.each([
    [
      'all systems',
      [ECHO, VOLUME, PUT, OZONE],
      ['echo-write to etcd put 0.60', 'create-volume to etcd put 0.30', "echo-write to Apache Ozone's 3.00"],
    ],
    ['no etcd', [ECHO, VOLUME, OZONE], ["echo-write to Apache Ozone's 3.00"]],
    ['no Apache Ozone', [ECHO, VOLUME, PUT], ['echo-write to etcd put 0.60', 'create-volume to etcd put 0.30']],
    ['the reference alone', [ECHO, VOLUME], []],
    ['no reference', [PUT, OZONE], []],
    ['another number of clients', [ECHO, row('etcd', 'put', 1000, 1)], []],
    ['a system that did nothing', [ECHO, row('etcd', 'put', 0)], []],
  ])('of %s', (_what, rows, expected) => {
    expect(ratios(rows, 64)).toEqual(expected);
  });
});
