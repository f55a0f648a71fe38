/** A write that changes something of a committed key and leaves it where it is. What it changes is the command's to say. */
import type { StateView } from '../storage/state-store.js';
import { refusedPlan, Status } from './answers.js';
import { isRefusal } from './bucket-of.js';
import type { Answer, Plan, PlanContext } from './command.js';
import { type KeyArgs, type KeyInfo, putKey } from './key-info.js';
import { keyRow } from './key-space.js';
import { targetOf } from './key-target.js';
import { DIRECTORIES } from './tables.js';

export interface KeyChange {
  readonly args: KeyArgs;
  readonly changed: Partial<KeyInfo>;
  readonly answer: Answer;
  /** Not for directories. */
  readonly filesOnly?: boolean;
}

export function changeKey(
  view: StateView,
  { args, changed, answer, filesOnly }: KeyChange,
  context: PlanContext,
): Plan {
  const target = targetOf(view, args);
  if (isRefusal(target)) return { operations: [], answer: target };
  const place = target.space.place(view, target.bucket, args.keyName);
  if (isRefusal(place)) return { operations: [], answer: place };
  if (place.present === undefined) return refusedPlan(Status.KEY_NOT_FOUND, `Key ${args.keyName} is not found`);
  if (filesOnly === true && place.keys === DIRECTORIES) {
    return refusedPlan(Status.NOT_SUPPORTED_OPERATION, `${args.keyName} is a directory`);
  }
  const info = { ...place.present, ...changed, updateID: context.managedIndex };
  return { operations: [putKey(place.keys, keyRow(place), info)], answer };
}
