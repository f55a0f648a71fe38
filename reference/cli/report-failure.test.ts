import { describe, expect, it } from 'vitest';
import { ERRORS, type ErrorCode, ReferenceFailure } from '../errors.js';
import { failureText, saidFailure } from './report-failure.js';

describe('what a node said before it ended', () => {
  it.each(Object.keys(ERRORS) as ErrorCode[])('%s is read back with its exit code and remedy', (code) => {
    const line = failureText(new ReferenceFailure(code, 'log.db: page 3. It is torn'), false).trimEnd();
    const read = saidFailure('om1', line, '/d/om1.log');
    expect(read).toMatchObject({ code, found: 'om1: log.db: page 3. It is torn', remedy: ERRORS[code].remedy });
    expect(read?.exitCode).toBe(ERRORS[code].exit);
  });

  it('a finding of several lines is one line', () => {
    const failure = new ReferenceFailure('STATE_DAMAGED', 'main.db: *** in database main ***\nTree 14 page 14');
    expect(failureText(failure, false)).toMatch(/^om-reference: STATE_DAMAGED: .* \*\*\* Tree 14 page 14\. .*\n$/);
    expect(failureText(failure, true).split('\n').length).toBeGreaterThan(3);
  });

  it('a remedy of its own stays', () => {
    const failure = new ReferenceFailure('LOG_DAMAGED', 'log.db is torn', { remedy: 'Put back log.db.' });
    const read = saidFailure('om1', failureText(failure, false).trimEnd(), '/d/om1.log');
    expect(read?.message).toBe('LOG_DAMAGED: om1: log.db is torn. Put back log.db. Its log is /d/om1.log.');
  });

  it.each(['', 'om-reference: toString: x', 'om-reference: NO_SUCH_CODE: x', 'INFO om-reference: FAULT: x'])(
    '%j is no failure',
    (line) => {
      expect(saidFailure('om1', line, '/d/om1.log')).toBeUndefined();
    },
  );
});
