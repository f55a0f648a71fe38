import { describe, expect, test } from 'vitest';
import { decisiveLines, tailOf } from './log-tail.js';

describe('the end of a log', () => {
  test('is what it says, not where in the code', () => {
    const text = [
      'INFO  Starting',
      'ERROR OzoneManager: start failed',
      'java.net.BindException: Address already in use',
      '\tat java.base/sun.nio.ch.Net.bind(Native Method)',
      '\t... 12 more',
      '',
      'INFO  OzoneManagerStarter: SHUTDOWN_MSG: ',
      '/****************',
      'SHUTDOWN_MSG: Shutting down OzoneManager at vm/127.0.0.1',
      '****************/',
    ].join('\n');
    expect(decisiveLines(text)).toEqual([
      'ERROR OzoneManager: start failed',
      'java.net.BindException: Address already in use',
    ]);
  });

  test('is its last lines where nothing complains', () => {
    expect(decisiveLines('INFO  a\nINFO  b\n\n')).toEqual(['INFO  a', 'INFO  b']);
  });

  test('says the same once', () => {
    expect(decisiveLines('java.io.IOException: x\n'.repeat(9))).toEqual(['java.io.IOException: x']);
  });

  test('is bounded and printable', () => {
    const lines = decisiveLines(`${'x'.repeat(5000)}\n\u001b[31mred`.repeat(50));
    expect(lines.length).toBeLessThanOrEqual(4);
    expect(lines.join('').length).toBeLessThan(4 * 300);
    expect(lines.join('')).not.toContain('\u001b');
  });

  test('of a log that is not there says so', () => {
    expect(tailOf('/nonexistent/om1.log')).toBe('/nonexistent/om1.log is empty');
  });
});
