import { describe, expect, it } from 'vitest';
import { nameFault } from './names.js';

/** docs/observations/ozone-2.2.0-volumes.md, table "names". */
const GOOD = ['abc', 'a'.repeat(63), 'r3--x', 'r3.x', 's3v', 'localhost', 'xn--r3', '1r3', '12.r3', 'r3.12', '1-2'];
const BAD: readonly (readonly [name: string, fault: RegExp])[] = [
  ['', /3 to 63/],
  ['a', /3 to 63/],
  ['ab', /3 to 63/],
  ['a'.repeat(64), /found 64/],
  ['R3-upper', /found "R"/],
  ['r3_under', /found "_"/],
  ['r3ü', /found "ü"/],
  ['r3😀', /found "😀"/],
  ['日本語', /found "日"/],
  ['١٢٣', /found "١"/],
  ['r3 x', /found " "/],
  ['r3/x', /found "\/"/],
  ['/r3', /found "\/"/],
  ['r3x\n', /found "\\n"/],
  ['r3\u0000x', /found "\\u0000"/],
  ['r3%20', /found "%"/],
  ['-r3x', /begin/],
  ['.r3x', /begin/],
  ['.snapshot', /begin/],
  ['---', /begin/],
  ['r3x-', /end/],
  ['r3x.', /end/],
  ['r3..x', /"\.\."/],
  ['r3.-x', /"\.-"/],
  ['r3-.x', /"-\."/],
  ['192.168.1.1', /IPv4/],
  ['192.168.1', /IPv4/],
  ['999.999.999.999', /IPv4/],
  ['1.2.3.4.5', /IPv4/],
  ['1.2', /IPv4/],
  ['123', /IPv4/],
];

describe('a name', () => {
  it.each(GOOD)('may be %j', (name) => expect(nameFault(name)).toBeUndefined());
  it.each(BAD)('may not be %j', (name, fault) => expect(nameFault(name)).toMatch(fault));
});
