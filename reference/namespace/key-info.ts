/** The record of a key, a session or a directory: reading and writing its row. What it holds is for the commands to decide. */
import { hadoop } from '#proto';
import type { StateView, TableName } from '../storage/state-store.js';
import { decode, encode, type Plain } from '../wire/plain.js';
import type { Operation } from './command.js';

export type KeyInfo = Plain<hadoop.ozone.KeyInfo.$Properties>;
export type KeyArgs = Plain<hadoop.ozone.KeyArgs.$Properties>;
export type KeyLocation = Plain<hadoop.ozone.KeyLocation.$Properties>;
export type KeyLocationList = Plain<hadoop.ozone.KeyLocationList.$Properties>;

export function decodeKey(value: Uint8Array): KeyInfo {
  return decode(hadoop.ozone.KeyInfo, value);
}

export function getKey(view: StateView, table: TableName, row: Uint8Array): KeyInfo | undefined {
  const value = view.get(table, row);
  return value === undefined ? undefined : decodeKey(value);
}

export function putKey(table: TableName, row: Uint8Array, info: KeyInfo): Operation {
  return { kind: 'put', table, key: row, value: encode(hadoop.ozone.KeyInfo, info) };
}

/** Stands in where a request has no arguments: names that nothing has. */
export const NO_KEY_ARGS: KeyArgs = { volumeName: '', bucketName: '', keyName: '' };
