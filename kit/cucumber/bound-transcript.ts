/** Bounds the calls that are attached to a failure: the decisive ones first, then the newest. Pure. */
import type { RecordedCall } from '../verdict/failure-record.js';

/** Characters of all texts together. */
const MAX_CHARS = 256 * 1024;

export function boundTranscript(calls: readonly RecordedCall[], decisive: readonly number[]): RecordedCall[] {
  let room = MAX_CHARS;
  const kept = new Set<RecordedCall>();
  const keep = (call: RecordedCall): boolean => {
    room -= size(call);
    if (room >= 0) kept.add(call);
    return room >= 0;
  };
  const newestFirst = [...calls].reverse();
  newestFirst.filter(({ number }) => decisive.includes(number)).every(keep);
  newestFirst.filter(({ number }) => !decisive.includes(number)).every(keep);
  return calls.filter((call) => kept.has(call));
}

function size({ request, answer, metadata, trailers }: RecordedCall): number {
  const pairs = [...Object.entries(metadata), ...Object.entries(trailers)].flat();
  return request.length + answer.length + pairs.reduce((sum, text) => sum + text.length, 200);
}
