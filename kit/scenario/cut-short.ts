/**
 * Writes whose caller goes away before the answer, and what reads then show of every part of them (W-11). Whether that is right is
 * judged elsewhere.
 */

import { hadoop } from '#proto';
import { namesIn } from '../assert/page-read.js';
import { bucketIn, saysMissing, volumeIn } from '../assert/volume-read.js';
import type { RunContext } from '../run/context.js';
import type { Outcome } from '../wire/outcome.js';
import { planChange } from './change.js';
import { bringAbout } from './given.js';
import type { LeaderLine } from './leader-line.js';
import type { ScenarioNames } from './names.js';
import {
  type NamespaceOperation,
  type Operation,
  pageRequest,
  type Request,
  requestOf,
  someOwner,
} from './operation.js';
import { WHOLE_PAGE } from './operations/kinds.js';

const { ListVolumeRequest, Status, Type } = hadoop.ozone;

/** Writes of one step that show in more than one place. */
export const CUT_CHANGES = [
  'create a volume',
  'give away a volume',
  'delete a volume',
  'create a bucket',
  'make three directories in one',
] as const;
export type CutChange = (typeof CUT_CHANGES)[number];

export const CUTS = ['taken back', 'past its deadline'] as const;
export type Cut = (typeof CUTS)[number];

/** One place where a write shows. */
export interface Part {
  /** In words, e.g. `the list of "ann"`. */
  readonly where: string;
  /** Undefined where the read did not tell. */
  readonly done: boolean | undefined;
  readonly read: Outcome;
}

export interface CutWrite {
  readonly write: Outcome;
  /** The last two looks at all of its parts; equal unless it went on changing for the whole `eventually` budget. */
  readonly looks: readonly [readonly Part[], readonly Part[]];
}

interface Question {
  readonly where: string;
  readonly read: Operation | Request;
  readonly done: (read: Outcome) => boolean | undefined;
}

/** From the call to its end: around the time that a node takes, which differs by machine. */
const MOMENTS_MS = [0, 1, 2, 3, 4, 6, 8, 12, 16, 24];
const PAUSE_MS = 5;

/** Each of `clients` makes `times` writes one after the other, none of which waits for its answer. */
export async function cutShort(
  run: RunContext,
  line: LeaderLine,
  names: ScenarioNames,
  plan: { readonly change: CutChange; readonly cut: Cut; readonly clients: number; readonly times: number },
): Promise<readonly CutWrite[]> {
  const writes: CutWrite[] = [];
  const client = async (number: number): Promise<void> => {
    for (let round = 0; round < plan.times; round += 1) {
      const { given, write, questions } = planned(plan.change, names);
      for (const operation of given) await bringAbout(line, operation);
      const momentMs = MOMENTS_MS[(number + round) % MOMENTS_MS.length] ?? 0;
      const outcome = await cutCall(run, await line.leader(), write, plan.cut, momentMs);
      writes.push({ write: outcome, looks: await lookUntilSettled(line, questions) });
    }
  };
  await Promise.all(Array.from({ length: plan.clients }, (_, number) => client(number)));
  return writes;
}

interface PlannedWrite {
  readonly given: readonly NamespaceOperation[];
  readonly write: Request;
  readonly questions: readonly Question[];
}

/** A write to an object of its own. */
function planned(change: CutChange, names: ScenarioNames): PlannedWrite {
  if (change !== 'make three directories in one') {
    const { given, write } = planChange(change, names);
    return { given, write: requestOf(write), questions: questionsOf(write) };
  }
  const { given, write } = planChange('create a bucket', names);
  if (write.kind !== 'create-bucket') throw new RangeError('a bucket was to be created');
  const { volume, bucket } = write;
  const argsOf = (keyName: string) => ({ volumeName: volume, bucketName: bucket, keyName });
  return {
    given: [...given, write],
    write: { cmdType: Type.CreateDirectory, createDirectoryRequest: { keyArgs: argsOf('a/b/c') } },
    questions: [
      ...['a', 'a/b', 'a/b/c'].map(
        (keyName): Question => ({
          where: `directory ${keyName}`,
          read: { cmdType: Type.GetFileStatus, getFileStatusRequest: { keyArgs: argsOf(keyName) } },
          done: directoryIsThere,
        }),
      ),
      { where: 'the usage of the bucket', read: { kind: 'read-bucket', volume, bucket }, done: countsThree },
    ],
  };
}

async function cutCall(run: RunContext, node: string, request: Request, cut: Cut, momentMs: number): Promise<Outcome> {
  if (cut === 'past its deadline') return await run.client.call(node, request, { deadlineMs: Math.max(1, momentMs) });
  const caller = new AbortController();
  const calling = run.client.call(node, request, { signal: caller.signal });
  const timer = setTimeout(() => caller.abort(), momentMs);
  try {
    return await calling;
  } finally {
    clearTimeout(timer);
  }
}

/** The write may be under way still: it is looked at until two looks show the same. */
async function lookUntilSettled(line: LeaderLine, questions: readonly Question[]): Promise<CutWrite['looks']> {
  const endsAtMs = performance.now() + line.budgets.eventuallyMs;
  let before = await lookAt(line, questions);
  for (;;) {
    const now = await lookAt(line, questions);
    if (sameState(before, now) || performance.now() >= endsAtMs) return [before, now];
    before = now;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

async function lookAt(line: LeaderLine, questions: readonly Question[]): Promise<Part[]> {
  const parts: Part[] = [];
  // One after the other: what happens in between shows as a difference to the next look.
  for (const { where, read, done } of questions) {
    const outcome = await line.read(read);
    parts.push({ where, done: done(outcome), read: outcome });
  }
  return parts;
}

function sameState(one: readonly Part[], other: readonly Part[]): boolean {
  return one.every(({ done }, at) => done === other[at]?.done);
}

/** Where a write shows, and what it shows there once it is done. */
function questionsOf(write: NamespaceOperation): readonly Question[] {
  const { volume } = write;
  const record: Operation = { kind: 'read-volume', volume };
  const listed = (read: Outcome): boolean | undefined => namesIn(read)?.includes(volume);
  const gone = (read: Outcome): boolean | undefined => either(saysMissing(read), isThere(read) === true);
  const unlisted = (read: Outcome): boolean | undefined => {
    const names = namesIn(read);
    return names && !names.includes(volume);
  };
  const inListOf = (owner: string, done: Question['done']): Question => ({
    where: `the list of "${owner}"`,
    read: listOf(owner, volume),
    done,
  });
  switch (write.kind) {
    case 'create-volume':
      return [
        { where: 'the volume', read: record, done: isThere },
        { where: 'the list of all', read: pageRequest(volume, undefined, WHOLE_PAGE), done: listed },
        inListOf(write.owner, listed),
      ];
    case 'delete-volume':
      return [
        { where: 'the volume', read: record, done: gone },
        { where: 'the list of all', read: pageRequest(volume, undefined, WHOLE_PAGE), done: unlisted },
        inListOf(someOwner(volume), unlisted),
      ];
    case 'set-owner':
      return [
        { where: 'the volume', read: record, done: (read) => ownedBy(read, write.owner) },
        inListOf(someOwner(volume), unlisted),
        inListOf(write.owner, listed),
      ];
    case 'create-bucket': {
      const { bucket } = write;
      return [
        { where: 'the bucket', read: { kind: 'read-bucket', volume, bucket }, done: isThere },
        { where: 'the number of buckets of the volume', read: record, done: countsOne },
      ];
    }
    default:
      throw new RangeError(`nothing is known of the parts of ${write.kind}`);
  }
}

function ownedBy(read: Outcome, owner: string): boolean | undefined {
  const info = volumeIn(read);
  return info === undefined ? undefined : info.ownerName === owner;
}

/** Whether the volume, which had no bucket, has one; undefined where it has any other number. */
function countsOne(read: Outcome): boolean | undefined {
  const buckets = volumeIn(read)?.usedNamespace;
  return either(buckets === 1n, buckets === 0n);
}

function isThere(read: Outcome): boolean | undefined {
  return either(volumeIn(read) !== undefined || bucketIn(read) !== undefined, saysMissing(read));
}

function directoryIsThere(read: Outcome): boolean | undefined {
  if (read.kind !== 'answered') return undefined;
  const { status } = read.response;
  return either(status === Status.OK, status === Status.FILE_NOT_FOUND);
}

/** Whether the bucket, which was empty, holds three; undefined where it holds any other number. */
function countsThree(read: Outcome): boolean | undefined {
  const used = bucketIn(read)?.usedNamespace ?? undefined;
  return either(used === 3n, used === 0n);
}

/** What a read tells: that it is so, that it is not, or neither. */
function either(yes: boolean, no: boolean): boolean | undefined {
  return yes ? true : no ? false : undefined;
}

/** The volumes of one owner, as far as they begin like this one. */
function listOf(userName: string, prefix: string): Request {
  const scope = ListVolumeRequest.Scope.VOLUMES_BY_USER;
  return { cmdType: Type.ListVolume, listVolumeRequest: { scope, userName, prefix, maxKeys: WHOLE_PAGE } };
}
