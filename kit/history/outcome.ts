/**
 * What a caller knows of its call from what the wire client gave it: answered, failed for sure, or unknown
 * (docs/spec/wire-binding.md §1 and §2). Pure.
 */
import { hadoop } from '#proto';
import { contentOf, keyIn } from '../assert/key-read.js';
import { bucketsIn, volumeIn } from '../assert/volume-read.js';
import type { Answered, Outcome } from '../wire/outcome.js';
import { type HistoryOperation, type HistoryOutcome, isRead, type Listed, type Shown } from './call.js';

/** Trailer value of an attempt that proposed nothing. */
const NONE = 'none';

export function historyOutcome(operation: HistoryOperation, outcome: Outcome): HistoryOutcome {
  switch (outcome.kind) {
    case 'answered':
      return { kind: 'answered', status: statusName(outcome), shown: shownBy(operation, outcome) };
    case 'refused': {
      const why = outcome.className ?? `gRPC ${outcome.code}`;
      const none = isRead(operation) || outcome.trailers.get('om-outcome') === NONE;
      return none ? { kind: 'failed', why } : { kind: 'unknown', why };
    }
    case 'unanswered':
    case 'unreadable': {
      const why = outcome.kind === 'unanswered' ? outcome.why : 'unreadable';
      return isRead(operation) ? { kind: 'failed', why } : { kind: 'unknown', why };
    }
  }
}

function statusName({ response }: Answered): string {
  return hadoop.ozone.Status[response.status] ?? String(response.status);
}

function shownBy(operation: HistoryOperation, outcome: Answered): Shown {
  const { response } = outcome;
  switch (operation.kind) {
    case 'read-volume':
      return { owner: volumeIn(outcome)?.ownerName };
    case 'read-key':
    case 'look-up-key': {
      const key = keyIn(outcome);
      // Another key than the one that was asked for is shown as what it is, so that no model can find it right.
      return key === undefined ? {} : { content: key.keyName === operation.key ? (contentOf(key) ?? '') : key.keyName };
    }
    case 'list-buckets':
      return { page: bucketsIn(outcome)?.map(({ bucketName }) => ({ name: bucketName })) };
    case 'list-keys':
      return {
        page: page(response.listKeysResponse, response.listKeysResponse?.keyInfo, (key) => ({
          name: key.keyName,
          content: contentOf(key) ?? '',
        })),
      };
    case 'list-keys-light':
      return {
        page: page(response.listKeysLightResponse, response.listKeysLightResponse?.basicKeyInfo, ({ keyName }) => ({
          name: keyName ?? '',
        })),
      };
    case 'delete-keys':
      return { left: response.deleteKeysResponse?.unDeletedKeys?.keys ?? [] };
    case 'create-volume':
    case 'set-owner':
    case 'delete-volume':
    case 'create-bucket':
    case 'read-bucket':
    case 'delete-bucket':
    case 'open-key':
    case 'commit-key':
    case 'delete-key':
    case 'rename-key':
      return {};
  }
}

/** The entries of a page that was answered at all; an empty one has no field for them. */
function page<T>(
  answer: object | null | undefined,
  entries: readonly T[] | null | undefined,
  listed: (entry: T) => Listed,
) {
  return answer == null ? undefined : (entries ?? []).map(listed);
}
