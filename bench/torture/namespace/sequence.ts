/**
 * One sequence of commands against a cluster and the model at once: each is sent when the one before it was answered, and its answer is
 * compared. It starts from nothing on names of its own, looks at everything in the end, and takes it away again.
 */
import { status as Code } from '@grpc/grpc-js';
import { type Command, described } from '../../../kit/model/command.js';
import { compare, said } from '../../../kit/model/compare.js';
import type { Deviation } from '../../../kit/model/deviations/deviation.js';
import { inspection } from '../../../kit/model/inspection.js';
import type { Outcome as Allowed } from '../../../kit/model/outcome.js';
import { removal } from '../../../kit/model/removal.js';
import { requestOf } from '../../../kit/model/request.js';
import { shownAnswer } from '../../../kit/model/shown.js';
import { Sightings } from '../../../kit/model/sightings.js';
import { EMPTY, type State } from '../../../kit/model/state.js';
import { step } from '../../../kit/model/step.js';
import { unfixed } from '../../../kit/model/unfixed.js';
import type { WireNames } from '../../../kit/model/wire-names.js';
import type { OMRequest, Outcome } from '../../../kit/wire/outcome.js';
import { isRetryable } from '../../../kit/wire/retryable.js';

/** Thrown when the leader was lost on the way: what the last command did is not known. */
export class LeaderLost extends Error {}

export interface Subject {
  readonly ask: (request: Omit<OMRequest, 'clientId'>) => Promise<Outcome>;
  /** Whether it has blocks to give. */
  readonly blocks: boolean;
  readonly deviations: readonly Deviation[];
}

export interface SequenceResult {
  readonly sent: number;
  /** Why commands were not sent, one entry each. */
  readonly leftOut: readonly string[];
  /** Known deviations that answers may have shown, one entry each. */
  readonly allowed: readonly string[];
  /** The commands up to the first answer that the model does not allow, a line each, and what was expected; undefined: none. */
  readonly difference: readonly string[] | undefined;
}

/** @throws LeaderLost */
export async function runSequence(
  commands: readonly Command[],
  subject: Subject,
  names: WireNames,
): Promise<SequenceResult> {
  const sightings = new Sightings();
  const leftOut: string[] = [];
  const lenient: string[] = [];
  const said: [Command, string][] = [];
  let state = EMPTY;
  let difference: readonly string[] | undefined;
  const send = async (command: Command): Promise<boolean> => {
    const request = requestOf(state, command, names, sightings);
    const allowed = step(state, command);
    if (request === undefined || allowed.length === 0) {
      leftOut.push('nothing was opened');
      return true;
    }
    const judged = judge(allowed, await subject.ask(request), names, sightings);
    said.push([command, judged.answer]);
    if ('state' in judged) {
      const known = subject.deviations.find(({ allows, meets }) => allows !== undefined && meets(state, command));
      if (known !== undefined && judged.state !== state) lenient.push(known.name);
      state = known?.allows?.(state, command, judged.state) ?? judged.state;
      return true;
    }
    difference = [...said.map(([sent, answer]) => `${described(sent)} → ${answer}`), ...judged.differences];
    return false;
  };
  const all = async (of: readonly Command[], filter: boolean): Promise<boolean> => {
    for (const drawn of of) {
      const command = subject.blocks ? drawn : withoutBytes(drawn);
      const why = filter ? notSent(state, command, subject) : undefined;
      if (why !== undefined) leftOut.push(why);
      else if (!(await send(command))) return false;
    }
    return true;
  };
  if ((await all(commands, true)) && (await all(inspection(state), false))) await all(removal(state), false);
  return { sent: said.length, leftOut, allowed: lenient, difference };
}

function notSent(state: State, command: Command, { blocks, deviations }: Subject): string | undefined {
  if (!blocks && (command.kind === 'create-file' || command.kind === 'allocate-block')) return 'needs blocks';
  return (
    unfixed(state, command) ??
    deviations.find(({ allows, meets }) => allows === undefined && meets(state, command))?.name
  );
}

/** Nothing has a size where there are no blocks: neither can it be asked for nor is what it takes ever given back. */
function withoutBytes(command: Command): Command {
  return command.kind === 'create-key' || command.kind === 'commit-key' ? { ...command, dataSize: 0 } : command;
}

type Judged = { readonly answer: string } & ({ readonly state: State } | { readonly differences: readonly string[] });

function judge(allowed: readonly Allowed[], outcome: Outcome, names: WireNames, sightings: Sightings): Judged {
  if (isRetryable(outcome)) throw new LeaderLost(outcome.kind === 'answered' ? '' : outcome.details);
  if (outcome.kind !== 'answered') {
    const answer = outcome.kind === 'refused' ? `gRPC ${Code[outcome.code]}: ${outcome.details}` : outcome.details;
    return { answer, differences: [`    expected ${allowed.map(({ status }) => status).join(' or ')}`] };
  }
  const shown = shownAnswer(outcome.response, names);
  const found = compare(allowed, shown, sightings);
  if ('state' in found) return { answer: shown.status, state: found.state };
  const body = shown.body === undefined ? '' : ` ${said(shown.body)}`;
  return { answer: `${shown.status}${body}`, differences: found.map((text) => `    ${text}`) };
}
