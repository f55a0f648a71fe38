/** Options that several commands take, and how words become values. */
import { InvalidArgumentError, Option } from 'commander';

export const targetOption = () =>
  new Option('--target <file|kind>', 'a target file, reference, or apache-ozone').env('OM_TARGET').default('reference');
export const outOption = () =>
  new Option('--out <dir>', 'folder of the report')
    .env('OM_OUT')
    .argParser(readFolder)
    .default('om-conformance-report');
export const debugOption = () => new Option('--debug', 'print stack traces of errors');
export const timeoutFactorOption = () =>
  new Option('--timeout-factor <n>', 'multiply every time budget').env('OM_TIMEOUT_FACTOR').argParser(readFactor);

/**
 * For options that may be given more than once, or with commas. Nothing at all is what an unset variable of a shell leaves:
 * taken for no selection, everything would run.
 */
export function gather(value: string, before: readonly string[]): string[] {
  const parts = value.split(',').filter((part) => part !== '');
  if (parts.length === 0) throw new InvalidArgumentError('It must not be empty.');
  return [...before, ...parts];
}

/** Six lower-case letters and digits, as they stand in the names that a run makes. */
export function readRunId(text: string): string {
  if (!/^[a-z0-9]{6}$/.test(text))
    throw new InvalidArgumentError('It must be the six letters and digits of omc-<run>-.');
  return text;
}

function readFolder(text: string): string {
  if (text === '') throw new InvalidArgumentError('It must not be empty.');
  return text;
}

function readFactor(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('It must be a number.');
  if (!(value > 0 && value <= 1_000)) throw new InvalidArgumentError('It must be above 0 and at most 1000.');
  return value;
}
