/** Options that several commands take, and how words become values. */
import { InvalidArgumentError, Option } from 'commander';

export const targetOption = () =>
  new Option('--target <file|kind>', 'a target file, reference, or apache-ozone').env('OM_TARGET').default('reference');
export const outOption = () =>
  new Option('--out <dir>', 'folder of the report').env('OM_OUT').default('om-conformance-report');
export const debugOption = () => new Option('--debug', 'print stack traces of errors');
export const timeoutFactorOption = () =>
  new Option('--timeout-factor <n>', 'multiply every time budget').env('OM_TIMEOUT_FACTOR').argParser(readNumber);

/** For options that may be given more than once, or with commas. */
export function gather(value: string, before: readonly string[]): string[] {
  return [...before, ...value.split(',').filter((part) => part !== '')];
}

export function readNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('It must be a number.');
  return value;
}
