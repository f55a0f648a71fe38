import { describe, expect, test } from 'vitest';
import { addressOf, layoutOf, PORT_SPAN, portsOf } from './layout.js';

describe('the ports of a cluster', () => {
  const ports = portsOf(layoutOf(19_800));

  test('are all different and lie in the span that belongs to it', () => {
    const numbers = ports.map((use) => use.port);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(Math.min(...numbers)).toBe(19_800);
    expect(Math.max(...numbers)).toBe(19_800 + PORT_SPAN - 1);
  });

  test('say whose they are and what for', () => {
    expect(ports).toHaveLength(18);
    expect(ports.find((use) => use.port === 19_822)).toEqual({ port: 19_822, node: 'om2', use: 'om2 ratis' });
    expect(ports.find((use) => use.port === 19_801)).toEqual({ port: 19_801, node: 'scm', use: 'scm block' });
  });

  test('the gRPC service is the fourth port of its OM', () => {
    expect(addressOf(layoutOf(29_800), 'om3')).toBe('127.0.0.1:29833');
  });
});
