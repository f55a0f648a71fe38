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

/** A committed key as a listing finds it, its record decoded or encoded only for who asks. */
export interface ListedKey {
  readonly info: KeyInfo;
  readonly record: Uint8Array;
}

/** By its row's value. */
export function storedKey(record: Uint8Array): ListedKey {
  return {
    record,
    get info() {
      return decodeKey(record);
    },
  };
}

/** With something in it that its row does not hold, such as its whole name. */
export function shownKey(info: KeyInfo): ListedKey {
  return {
    info,
    get record() {
      return encode(hadoop.ozone.KeyInfo, info);
    },
  };
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
