/** One committed key as reads show it: through links, with its whole name, and with as many of its versions as were asked for. */
import type { StateView } from '../storage/state-store.js';
import { refusal, Status } from './answers.js';
import { slim, withPipelines } from './blocks.js';
import { isRefusal } from './bucket-of.js';
import type { Answer } from './command.js';
import type { KeyArgs, KeyInfo } from './key-info.js';
import { snapshotFault } from './key-names.js';
import { targetOf } from './key-target.js';

export function readKey(view: StateView, args: KeyArgs): KeyInfo | Answer {
  const target = targetOf(view, args);
  if (isRefusal(target)) return target;
  const snapshot = snapshotFault(args.keyName);
  if (snapshot !== undefined) return snapshot;
  const place = target.space.place(view, target.bucket, args.keyName);
  if (isRefusal(place)) return place;
  const { present, path } = place;
  if (present === undefined) return refusal(Status.KEY_NOT_FOUND, `Key ${args.keyName} is not found`);
  const info = { ...(args.latestVersionLocation === true ? slim(present) : present), keyName: path };
  // Whoever asks for the head only does not read blocks.
  return args.headOp === true ? info : withPipelines(info);
}
