/** The cluster's directory, given as an argument or as `--data`. */
import { resolve } from 'node:path';
import { ReferenceFailure } from '../errors.js';

/** @throws ReferenceFailure `USAGE` when neither or two different ones are given */
export function directoryOf(argument: string | undefined, option: string | undefined): string {
  const given = argument ?? option;
  if (given === undefined || given === '')
    throw new ReferenceFailure('USAGE', 'the directory of the cluster is missing (--data DIR)');
  if (argument !== undefined && option !== undefined && resolve(argument) !== resolve(option)) {
    throw new ReferenceFailure('USAGE', `two directories are given: ${argument} and ${option}`);
  }
  return resolve(given);
}
