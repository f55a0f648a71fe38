/** Calls of a history in words, for people. What was sent and answered is untrusted text: quoted, cut, and without control characters. */
import { printable } from '../wire/text.js';
import type { HistoryCall, HistoryOperation, PageAsked, Shown } from './call.js';

const MAX_NAME = 80;
/** Entries of a page. */
const MAX_SHOWN = 12;

export function operationWords(operation: HistoryOperation): string {
  switch (operation.kind) {
    case 'create-volume':
      return `creates volume ${name(operation.volume)} of ${name(operation.owner)}`;
    case 'set-owner':
      return `gives volume ${name(operation.volume)} to ${name(operation.owner)}`;
    case 'read-volume':
      return `reads volume ${name(operation.volume)}`;
    case 'delete-volume':
      return `deletes volume ${name(operation.volume)}`;
    case 'create-bucket':
      return `creates bucket ${name(operation.bucket)}`;
    case 'read-bucket':
      return `reads bucket ${name(operation.bucket)}`;
    case 'delete-bucket':
      return `deletes bucket ${name(operation.bucket)}`;
    case 'list-buckets':
      return `lists buckets${pageWords(operation)}`;
    case 'open-key':
      return `opens key ${name(operation.key)}`;
    case 'commit-key':
      return `commits key ${name(operation.key)} with ${name(operation.content)}`;
    case 'read-key':
      return `reads key ${name(operation.key)}`;
    case 'look-up-key':
      return `looks up key ${name(operation.key)}`;
    case 'delete-key':
      return `deletes key ${name(operation.key)}`;
    case 'rename-key':
      return `renames key ${name(operation.key)} to ${name(operation.to)}`;
    case 'delete-keys':
      return `deletes keys ${operation.keys.map(name).join(', ')} at once`;
    case 'list-keys':
    case 'list-keys-light':
      return `lists keys${pageWords(operation)}`;
  }
}

export function outcomeWords({ outcome }: HistoryCall): string {
  switch (outcome.kind) {
    case 'answered':
      return [outcome.status, ...shownWords(outcome.shown)].join(', ');
    case 'failed':
      return `failed for sure (${printable(outcome.why, MAX_NAME)})`;
    case 'unknown':
      return `outcome unknown (${printable(outcome.why, MAX_NAME)})`;
  }
}

/** One line: who, when, what, and how it ended. */
export function callWords(call: HistoryCall): string {
  const until = call.outcome.kind === 'unknown' ? '…' : milliseconds(call.endedUs);
  const when = `${milliseconds(call.beganUs)}–${until} ms`;
  return `client ${call.client} at ${printable(call.node, MAX_NAME)}, ${when}: ${operationWords(call.operation)}: ${outcomeWords(call)}`;
}

export function milliseconds(us: number): string {
  return (us / 1_000).toFixed(1);
}

function pageWords({ prefix = '', after = '', count }: PageAsked): string {
  return `${prefix === '' ? '' : ` with prefix ${name(prefix)}`}${after === '' ? '' : ` after ${name(after)}`}, ${count} at most`;
}

function shownWords({ owner, content, page, left }: Shown): string[] {
  const entries = page?.map(
    (entry) => `${name(entry.name)}${entry.content === undefined ? '' : ` with ${name(entry.content)}`}`,
  );
  return [
    ...(owner === undefined ? [] : [`owner ${name(owner)}`]),
    ...(content === undefined ? [] : [`shows ${name(content)}`]),
    ...(entries === undefined
      ? []
      : [`shows ${entries.slice(0, MAX_SHOWN).join(', ') || 'nothing'}${entries.length > MAX_SHOWN ? ', …' : ''}`]),
    ...(left === undefined || left.length === 0 ? [] : [`left ${left.map(name).join(', ')}`]),
  ];
}

function name(text: string): string {
  return `"${printable(text, MAX_NAME)}"`;
}
