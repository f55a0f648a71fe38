/** Wrong commands made of right ones: what a policy mutant of the namespace puts in the place of `commandFor`. */
import type { hadoop } from '#proto';
import {
  type Answer,
  isRead,
  isWrite,
  type OMRequest,
  type ReadClass,
  type ReadCommand,
  type WriteCommand,
} from '../namespace/command.js';
import type { NodeParts } from '../node/parts.js';
import type { StateView, TableName } from '../storage/state-store.js';

/** Writes of this type are carried out by the changed command. */
export function withWrite(
  right: NodeParts,
  type: hadoop.ozone.Type,
  change: (command: WriteCommand) => Partial<WriteCommand>,
): NodeParts {
  return {
    ...right,
    commandFor: (request: OMRequest) => {
      const command = right.commandFor(request);
      return command.type === type && isWrite(command) ? { ...command, ...change(command) } : command;
    },
  };
}

/** Reads of this type are answered by the changed command. */
export function withRead(
  right: NodeParts,
  type: hadoop.ozone.Type,
  change: (command: ReadCommand) => Partial<ReadCommand>,
): NodeParts {
  return {
    ...right,
    commandFor: (request: OMRequest) => {
      const command = right.commandFor(request);
      return command.type === type && isRead(command) ? { ...command, ...change(command) } : command;
    },
  };
}

/** Reads of this type are taken for those of another class. */
export function inClass(right: NodeParts, type: hadoop.ozone.Type, readClass: ReadClass): NodeParts {
  return withRead(right, type, () => ({ readClass }));
}

/** Reads of this type that ended so are answered the same again, until this node carries out a write itself. */
export function remembering(right: NodeParts, type: hadoop.ozone.Type, status: hadoop.ozone.Status): NodeParts {
  const kept = new Map<string, Answer>();
  return {
    ...right,
    plan: (input) => {
      kept.clear();
      return right.plan(input);
    },
    commandFor: (request: OMRequest) => {
      const command = right.commandFor(request);
      if (command.type !== type || !isRead(command)) return command;
      const asked = JSON.stringify(request, (_, value) => (typeof value === 'bigint' ? `${value}` : value));
      return {
        ...command,
        answer: (...given) => {
          const answer = kept.get(asked) ?? command.answer(...given);
          if (answer.status === status) kept.set(asked, answer);
          return answer;
        },
      };
    },
  };
}

/** The state without any row of one table. */
export function blindTo(view: StateView, table: TableName): StateView {
  return {
    get: (name, key) => (name === table ? undefined : view.get(name, key)),
    scan: (name, range) => (name === table ? [] : view.scan(name, range)),
  };
}
