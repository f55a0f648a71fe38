/** Sessions that are opened and committed wrongly (NS-KEY-1, NS-KEY-2, NS-KEY-3, NS-KEY-4, NS-KEY-13). */
import { hadoop } from '#proto';
import { refusedPlan, Status } from '../../namespace/answers.js';
import { isWrite, type OMRequest, type Operation, type Plan, type WriteCommand } from '../../namespace/command.js';
import { FILES, KEYS, OPEN_FILES, OPEN_KEYS } from '../../namespace/tables.js';
import type { NodeParts } from '../../node/parts.js';
import type { Mutant } from '../mutant.js';
import { withWrite } from '../wrapped.js';

const { CommitKey, CreateKey, DeleteKey } = hadoop.ozone.Type;
const CLIENT_ID_BYTES = 8;

/** Commits a session with what is known of the sessions that this node opened: by name, the ids in the order of their opening. */
function committing(
  right: NodeParts,
  change: (command: WriteCommand, opened: readonly bigint[]) => WriteCommand['plan'],
): NodeParts {
  const opened = new Map<string, bigint[]>();
  const nameOf = (asked: { volumeName: string; bucketName: string; keyName: string } | null | undefined) =>
    `${asked?.volumeName}/${asked?.bucketName}/${asked?.keyName}`;
  const remembering = withWrite(right, CreateKey, (command) => ({
    plan: (view, request, context) => {
      const plan = command.plan(view, request, context);
      const id = plan.answer.body.createKeyResponse?.ID;
      const name = nameOf(request.createKeyRequest?.keyArgs);
      if (id != null) opened.set(name, [...(opened.get(name) ?? []), id]);
      return plan;
    },
  }));
  return withWrite(remembering, CommitKey, (command) => ({
    plan: (view, request, context) =>
      change(command, opened.get(nameOf(request.commitKeyRequest?.keyArgs)) ?? [])(view, request, context),
  }));
}

function clientIdOf(request: OMRequest): bigint {
  return request.commitKeyRequest?.clientID ?? 0n;
}

function without(plan: Plan, left: (operation: Operation) => boolean): Plan {
  return { ...plan, operations: plan.operations.filter((operation) => !left(operation)) };
}

const makesKey = (operation: Operation) =>
  operation.kind === 'put' && (operation.table === KEYS || operation.table === FILES);
const endsSession = (operation: Operation) =>
  operation.kind === 'delete' && (operation.table === OPEN_KEYS || operation.table === OPEN_FILES);

/** The key as its session has it, at once. */
function asKey(operation: Operation): Operation[] {
  if (operation.kind !== 'put' || (operation.table !== OPEN_KEYS && operation.table !== OPEN_FILES)) return [];
  const table = operation.table === OPEN_KEYS ? KEYS : FILES;
  return [{ ...operation, table, key: operation.key.subarray(0, -CLIENT_ID_BYTES) }];
}

export const KEY_SESSIONS: readonly Mutant[] = [
  {
    kind: 'policy',
    id: 'ns-key-1-visible-when-opened',
    wrong: 'A key is there as soon as a session of it is opened.',
    breaks: { 'NS-KEY-1': 'missing' },
    parts: (right) =>
      withWrite(right, CreateKey, (command) => ({
        plan: (view, request, context) => {
          const plan = command.plan(view, request, context);
          return { ...plan, operations: [...plan.operations, ...plan.operations.flatMap(asKey)] };
        },
      })),
  },
  {
    kind: 'policy',
    id: 'ns-key-1-opening-empties-the-key',
    wrong: 'Opening a session of a key that is there deletes the key.',
    breaks: { 'NS-KEY-1': 'key-unchanged' },
    parts: (right) =>
      withWrite(right, CreateKey, (command) => ({
        plan: (view, request, context) => {
          const plan = command.plan(view, request, context);
          const keyArgs = request.createKeyRequest?.keyArgs;
          if (keyArgs == null || plan.answer.status !== Status.OK) return plan;
          const deletion = { ...request, cmdType: DeleteKey, deleteKeyRequest: { keyArgs } };
          const remove = right.commandFor(deletion);
          const removed = isWrite(remove) ? remove.plan(view, deletion, context).operations : [];
          return { ...plan, operations: [...removed, ...plan.operations] };
        },
      })),
  },
  {
    kind: 'policy',
    id: 'ns-key-2-any-id-commits',
    wrong: 'A commit takes the session of its key, whatever client id it names.',
    breaks: { 'NS-KEY-2': 'answer-status' },
    parts: (right) =>
      committing(right, (command, opened) => (view, request, context) => {
        const { commitKeyRequest } = request;
        const clientID = opened.at(-1) ?? clientIdOf(request);
        const changed = commitKeyRequest == null ? {} : { commitKeyRequest: { ...commitKeyRequest, clientID } };
        return command.plan(view, { ...request, ...changed }, context);
      }),
  },
  {
    kind: 'policy',
    id: 'ns-key-2-sessions-never-end',
    wrong: 'A session can be committed again.',
    breaks: { 'NS-KEY-2': 'missing' },
    parts: (right) =>
      withWrite(right, CommitKey, (command) => ({
        plan: (view, request, context) => without(command.plan(view, request, context), endsSession),
      })),
  },
  {
    kind: 'patch',
    id: 'ns-key-3-the-first-stays',
    wrong: 'A commit over a key that is there leaves the key.',
    breaks: { 'NS-KEY-3': 'key-content' },
    file: 'reference/namespace/commands/key/commit-key.ts',
    search: 'putKey(place.keys, keyRow(place), committed),',
    replace: 'putKey(place.keys, keyRow(place), present ?? committed),',
  },
  {
    kind: 'patch',
    id: 'ns-key-3-metadata-is-added',
    wrong: 'The metadata of a key that is written again are added to those that it had.',
    breaks: { 'NS-KEY-3': 'key-metadata' },
    file: 'reference/namespace/commands/key/commit-key.ts',
    search: 'metadata: mergedMetadata(session.metadata ?? [], args.metadata ?? []),',
    replace:
      'metadata: mergedMetadata(mergedMetadata(present?.metadata ?? [], session.metadata ?? []), args.metadata ?? []),',
  },
  {
    kind: 'policy',
    id: 'ns-key-4-one-session-a-key',
    wrong: 'Opening a session ends the others of the key.',
    breaks: { 'NS-KEY-4': 'answer-status' },
    parts: (right) =>
      committing(right, (command, opened) => (view, request, context) => {
        const last = opened.at(-1);
        return last === undefined || last === clientIdOf(request)
          ? command.plan(view, request, context)
          : refusedPlan(Status.KEY_NOT_FOUND, 'the session is over');
      }),
  },
  {
    kind: 'policy',
    id: 'ns-key-4-the-last-that-was-opened-wins',
    wrong: 'What the session that was opened last has made stays, whatever is committed after it.',
    breaks: { 'NS-KEY-4': 'key-content' },
    parts: (right) => {
      const committed = new Set<bigint>();
      return committing(right, (command, opened) => (view, request, context) => {
        const id = clientIdOf(request);
        const plan = command.plan(view, request, context);
        if (plan.answer.status !== Status.OK) return plan;
        const later = opened.slice(opened.indexOf(id) + 1);
        committed.add(id);
        return later.some((other) => committed.has(other)) ? without(plan, makesKey) : plan;
      });
    },
  },
  {
    kind: 'patch',
    id: 'ns-key-13-not-compared-at-the-commit',
    wrong: 'The generation is compared when a session is opened, and not when it is committed.',
    breaks: { 'NS-KEY-13': 'answer-status' },
    file: 'reference/namespace/commands/key/commit-key.ts',
    search: 'const unexpected = conflict(session, present);',
    replace: 'const unexpected = conflict({ ...session, expectedDataGeneration: undefined }, present);',
  },
  {
    kind: 'patch',
    id: 'ns-key-13-older-generations-match',
    wrong: 'A generation that is older than that of the key counts as one that matches.',
    breaks: { 'NS-KEY-13': 'answer-status' },
    file: 'reference/namespace/generations.ts',
    search: 'if (present?.updateID === expected) return undefined;',
    replace: 'if ((present?.updateID ?? 0n) >= expected) return undefined;',
  },
  {
    kind: 'patch',
    id: 'ns-key-13-refused-and-replaced',
    wrong: 'A commit whose generation no longer matches is refused, and carried out all the same.',
    breaks: { 'NS-KEY-13': 'key-content' },
    file: 'reference/namespace/commands/key/commit-key.ts',
    search: 'if (unexpected !== undefined) return { operations: [], answer: unexpected };',
    replace:
      'if (unexpected !== undefined) return { operations: [putKey(place.keys, keyRow(place), session)], answer: unexpected };',
  },
];
