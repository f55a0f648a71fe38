import { describe, expect, test } from 'vitest';
import { REDACTED, render, safeMetadata } from './render.js';

describe('a message as a line of text', () => {
  test.each<[string, unknown, string]>([
    ['numbers, bigints, booleans', { a: 1, b: 2n ** 63n, c: false }, '{a: 1, b: 9223372036854775808, c: false}'],
    ['nested and lists', { a: { b: ['x', 'y'] }, empty: {}, none: [] }, '{a: {b: ["x", "y"]}, empty: {}, none: []}'],
    ['absent fields', { a: undefined, b: null, c: 1 }, '{c: 1}'],
    ['short bytes', { a: new Uint8Array([1, 255]) }, '{a: <01ff>}'],
    ['control characters in a string', { a: 'x\u001b[2J' }, '{a: "x[2J"}'],
    ['quotes in a string', { a: 'x", b: "y' }, '{a: "x\\", b: \\"y"}'],
  ])('%s', (_, message, text) => {
    expect(render(message, 1000)).toBe(text);
  });

  test('enum numbers get their names', () => {
    expect(render({ status: 5, other: 5 }, 100, { status: { 5: 'FIVE' } })).toBe('{status: FIVE, other: 5}');
  });

  test.each(['signature', 'password', 'token', 'stringToSign', 'secretKey', 'awsSecret'])('%s is a secret', (field) => {
    expect(render({ s3Authentication: { [field]: 'hush', accessId: 'me' } }, 100)).toBe(
      `{s3Authentication: {${field}: ${REDACTED}, accessId: "me"}}`,
    );
    expect(render({ list: [{ [field]: { inner: new Uint8Array([1]) } }] }, 100)).not.toContain('01');
  });

  test('metadata secrets are left out whatever their case', () => {
    expect(
      safeMetadata([
        ['authorization', 'Bearer x'],
        ['X-Amz-Security-Token', 'y'],
        ['om-state-id', 'main:5'],
      ]),
    ).toEqual({
      authorization: REDACTED,
      'X-Amz-Security-Token': REDACTED,
      'om-state-id': 'main:5',
    });
  });

  test('long values, long lists, deep nesting and the whole line are bounded', () => {
    expect(render({ a: 'x'.repeat(10_000) }, 1000)).toBe(`{a: "${'x'.repeat(200)}… (9800 more characters)"}`);
    expect(render({ a: new Uint8Array(100_000) }, 1000)).toBe(`{a: <100000 bytes ${'00'.repeat(16)}…>}`);
    expect(
      render(
        Array.from({ length: 25 }, () => 1),
        1000,
      ),
    ).toBe(`[${'1, '.repeat(20)}… 5 more]`);
    let deep: object = {};
    for (let i = 0; i < 100; i += 1) deep = { d: deep };
    expect(render(deep, 10_000)).toBe(`${'{d: '.repeat(8)}{…}${'}'.repeat(8)}`);
    const wide = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`field${i}`, 'value']));
    const line = render(wide, 300);
    expect(line).toHaveLength(301);
    expect(line.endsWith('…')).toBe(true);
  });
});
