/**
 * The children of one directory, in two orders: by name, and by whole name, where a directory ends in a slash and so may come
 * behind files and directories whose names go on with a lesser byte. Rows are read as they are taken.
 */
import type { StateView } from '../../storage/state-store.js';
import { decodeKey } from '../key-info.js';
import { childKey, DIRECTORIES, FILES } from '../tables.js';
import type { Node } from './walk.js';

export interface Child extends Node {
  readonly name: string;
}

export interface NameRange {
  readonly prefix: string;
  /** Inclusive. */
  readonly from?: string;
  /** Exclusive. */
  readonly after?: string;
}

/** Files and directories by the bytes of their names. */
export function* byName(view: StateView, directoryId: bigint, range: NameRange): Generator<Child> {
  const directories = children(view, DIRECTORIES, directoryId, range);
  const files = children(view, FILES, directoryId, range);
  yield* merged(directories, files, ({ name }) => name);
}

/** As whole names order; `directories` may be any that are in name order. */
export function bySlashedName(files: Iterator<Child>, directories: Iterable<Child>): Generator<Child> {
  return merged(slashedOrder(directories), files, slashedName);
}

export function* children(
  view: StateView,
  table: typeof DIRECTORIES | typeof FILES,
  directoryId: bigint,
  { prefix, from, after }: NameRange,
): Generator<Child> {
  const rows = view.scan(table, {
    prefix: childKey(directoryId, prefix),
    ...(from === undefined ? {} : { from: childKey(directoryId, from) }),
    ...(after === undefined ? {} : { after: childKey(directoryId, after) }),
  });
  for (const [, value] of rows) {
    const info = decodeKey(value);
    yield { name: info.keyName, directory: table === DIRECTORIES, info };
  }
}

/** The part of a whole name that a child adds. */
export function slashedName({ name, directory }: Child): string {
  return directory ? `${name}/` : name;
}

/** In the order in which their rows would stand: that of UTF-8, where surrogate pairs come behind all other characters. */
export function compareNames(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at += 1) {
    const difference = rank(left.charCodeAt(at)) - rank(right.charCodeAt(at));
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** A directory comes behind those whose names go on from its own with a byte below the slash: it is held back till they are out. */
function* slashedOrder(directories: Iterable<Child>): Generator<Child> {
  const held: Child[] = [];
  for (const directory of directories) {
    for (let last = held.at(-1); last !== undefined && before(last, directory); last = held.at(-1)) {
      yield last;
      held.pop();
    }
    held.push(directory);
  }
  while (held.length > 0) yield* held.splice(-1);
}

function before(left: Child, right: Child): boolean {
  return compareNames(slashedName(left), slashedName(right)) < 0;
}

/** No name is in both. */
function* merged(a: Iterator<Child>, b: Iterator<Child>, name: (child: Child) => string): Generator<Child> {
  let left = a.next();
  let right = b.next();
  for (;;) {
    if (left.done !== true && (right.done === true || compareNames(name(left.value), name(right.value)) < 0)) {
      yield left.value;
      left = a.next();
    } else if (right.done !== true) {
      yield right.value;
      right = b.next();
    } else return;
  }
}
