/**
 * The saved form of a history: JSON lines, a header, a line for each call, and a last line that says how many there are. The same
 * schema reads and describes it (`docs/schema/history.schema.json`). 64-bit numbers are decimal strings.
 */
import { z } from 'zod';
import { UsageError } from '../failure.js';
import { messageOf, printable } from '../wire/text.js';
import type { History, HistoryCall, HistoryHeader } from './call.js';

const FORMAT = 'om-conformance history';
const VERSION = 1;
/** Far more than a checker can judge. */
const MAX_CALLS = 100_000;
export const MAX_BYTES = 64 * 1024 * 1024;
const MAX_SHOWN = 200;

const text = z.string().max(4_096);
const name = text.min(1);
const count = z.number().int().min(0).max(1_000_000);
const decimal = z
  .string()
  .regex(/^(?:0|[1-9][0-9]{0,15})$/, { error: 'microseconds as a decimal string' })
  .transform(Number);

const headerLine = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  seed: text,
  target: text,
  kit: text,
  clients: count,
  initial: z
    .strictObject({
      volumes: z.array(z.strictObject({ name, owner: text, buckets: z.array(name).max(10_000) })).max(10_000),
    })
    .describe('What was there before the first call. Everything else was not.'),
  guarantee: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.enum(['read your writes', 'monotonic reads', 'sequential per client']) }),
      z.strictObject({ kind: z.literal('bounded staleness'), maxMs: count }),
    ])
    .optional()
    .describe('What it is judged by; without it the history has to be linearizable.'),
});

const volume = { volume: name };
const bucket = { ...volume, bucket: name };
const key = { ...bucket, key: name };
const page = { prefix: text.optional(), after: text.optional(), count };

const operation = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['create-volume', 'set-owner']), ...volume, owner: text }),
  z.strictObject({ kind: z.enum(['read-volume', 'delete-volume']), ...volume }),
  z.strictObject({ kind: z.enum(['create-bucket', 'read-bucket', 'delete-bucket']), ...bucket }),
  z.strictObject({ kind: z.literal('list-buckets'), ...volume, ...page }),
  z.strictObject({ kind: z.enum(['open-key', 'commit-key']), ...key, content: text }),
  z.strictObject({ kind: z.enum(['read-key', 'look-up-key', 'delete-key']), ...key }),
  z.strictObject({ kind: z.literal('rename-key'), ...key, to: name }),
  z.strictObject({ kind: z.literal('delete-keys'), ...bucket, keys: z.array(name).min(1).max(1_000) }),
  z.strictObject({ kind: z.enum(['list-keys', 'list-keys-light']), ...bucket, ...page }),
]);

const shown = z.strictObject({
  owner: text.optional(),
  content: text.optional(),
  page: z
    .array(z.strictObject({ name: text, content: text.optional() }))
    .max(100_000)
    .optional(),
  left: z.array(text).max(1_000).optional(),
});

const outcome = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('answered'), status: name, shown }),
  z.strictObject({ kind: z.literal('failed'), why: text }),
  z.strictObject({ kind: z.literal('unknown'), why: text }),
]);

const callLine = z.strictObject({
  process: count,
  client: count,
  node: text,
  beganUs: decimal,
  endedUs: decimal,
  operation,
  outcome,
  call: count.optional().describe('Position of the call in the transcript of its run.'),
});

const endLine = z.strictObject({ calls: count });

/** JSON Schema of one line. */
export function historyJsonSchema(): object {
  return z.toJSONSchema(z.union([headerLine, callLine, endLine]), { io: 'input' });
}

/** The text of a file with this history. */
export function historyText({ header, calls }: History): string {
  const lines = [
    { format: FORMAT, version: VERSION, ...header },
    ...calls.map(({ beganUs, endedUs, ...call }) => ({
      ...call,
      beganUs: String(beganUs),
      endedUs: String(endedUs),
    })),
    { calls: calls.length },
  ];
  return `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
}

/**
 * @param from names the file in messages
 * @throws UsageError HISTORY_DAMAGED that says which line is wrong, and how
 */
export function readHistory(content: string, from: string): History {
  const damaged = (what: string): UsageError => new UsageError('HISTORY_DAMAGED', `${from}: ${what}`);
  if (content.length > MAX_BYTES) throw damaged(`it is longer than ${MAX_BYTES} bytes`);
  if (content === '') throw damaged('it is empty');
  if (!content.endsWith('\n')) throw damaged('its last line is cut short');
  const lines = content.slice(0, -1).split('\n');
  const line = <T>(at: number, schema: z.ZodType<T>, what: string): T => {
    try {
      return schema.parse(JSON.parse(lines[at] ?? ''));
    } catch (error) {
      const why = error instanceof z.ZodError ? firstIssue(error) : messageOf(error);
      throw damaged(`line ${at + 1} is not ${what}: ${printable(why, MAX_SHOWN)}`);
    }
  };
  const { format: _format, version: _version, ...header } = line(0, headerLine, 'the header of a history');
  if (lines.length < 2) throw damaged('it ends behind its header');
  const end = line(lines.length - 1, endLine, 'the number of calls that ends a history');
  if (end.calls !== lines.length - 2) {
    throw damaged(`its last line says ${end.calls} calls, and there are ${lines.length - 2}`);
  }
  if (end.calls > MAX_CALLS) throw damaged(`it has more than ${MAX_CALLS} calls`);
  const calls = lines.slice(1, -1).map((_, at) => line(at + 1, callLine, 'a call'));
  const wrong = contradiction(header, calls);
  if (wrong !== undefined) throw damaged(`line ${wrong.at + 2}: ${wrong.what}`);
  return { header, calls };
}

function firstIssue({ issues: [issue] }: z.ZodError): string {
  return issue === undefined ? 'unknown' : `${issue.path.join('.') || 'the line'}: ${issue.message}`;
}

/** What no recorder writes: calls out of order, a process with two calls open, a content that was written twice. */
function contradiction(
  _header: HistoryHeader,
  calls: readonly HistoryCall[],
): { readonly at: number; readonly what: string } | undefined {
  const ends = new Map<number, { readonly endedUs: number; readonly unknown: boolean }>();
  const contents = new Set<string>();
  let last = 0;
  for (const [at, { process, beganUs, endedUs, operation: asked, outcome: ended }] of calls.entries()) {
    if (endedUs < beganUs) return { at, what: 'the call ends before it begins' };
    if (beganUs < last) return { at, what: 'the call begins before the one above it' };
    last = beganUs;
    const before = ends.get(process);
    if (before !== undefined && (before.unknown || before.endedUs > beganUs)) {
      return { at, what: `process ${process} has another call open` };
    }
    ends.set(process, { endedUs, unknown: ended.kind === 'unknown' });
    if (asked.kind !== 'commit-key') continue;
    if (contents.has(asked.content)) return { at, what: 'its content was committed before' };
    contents.add(asked.content);
  }
  return undefined;
}
