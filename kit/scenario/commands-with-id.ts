/**
 * Commands of every kind with a state id. What an OM does not carry out has no class that could be seen (FR-ADMIT-3), so the leader is
 * asked for each of them first, plainly: only reads and commands without an effect belong here.
 */
import { status as Code } from '@grpc/grpc-js';
import { hadoop } from '#proto';
import type { RunContext } from '../run/context.js';
import type { CallOptions, Outcome } from '../wire/outcome.js';
import type { StateVector } from '../wire/state-vector.js';
import { askedCommand, thereIn } from './asked-commands.js';
import type { CommandName } from './command-message.js';
import type { ScenarioNames } from './names.js';
import type { Request } from './operation.js';

const { Status } = hadoop.ozone;

/** How a leader says that it has no such command. */
const NOT_CARRIED_OUT: ReadonlySet<number> = new Set([
  Status.INVALID_REQUEST,
  Status.NOT_SUPPORTED_OPERATION,
  Status.FEATURE_NOT_ENABLED,
]);

/** Those of the commands that the leader carries out. Throws where there is none: nothing could be judged. */
export async function carriedOut(
  run: RunContext,
  names: ScenarioNames,
  leader: string,
  commands: readonly CommandName[],
): Promise<readonly CommandName[]> {
  const said = await Promise.all(
    commands.map(async (command) => {
      const { request, options } = commandCall(names, command, undefined);
      return { command, outcome: await run.client.call(leader, request, options) };
    }),
  );
  const known = said.filter(({ outcome }) => !isUnknown(outcome)).map(({ command }) => command);
  if (known.length === 0) throw new Error(`the leader carries out none of ${commands.join(', ')}`);
  return known;
}

function isUnknown(outcome: Outcome): boolean {
  if (outcome.kind === 'answered') return NOT_CARRIED_OUT.has(outcome.response.status);
  return outcome.kind === 'refused' && (outcome.code === Code.UNKNOWN || outcome.code === Code.UNIMPLEMENTED);
}

/** One command, on what the Givens of the scenario have made. */
export function commandCall(
  names: ScenarioNames,
  command: CommandName,
  stateId: StateVector | string | undefined,
): { readonly request: Request; readonly options: CallOptions } {
  const { request, options } = askedCommand(command, thereIn(names), undefined);
  return { request, options: { ...options, stateId } };
}
