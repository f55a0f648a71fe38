import { describe, expect, it } from 'vitest';
import { afterLoss, drawsFrom, endOf, saltOf, WAL_HEADER_BYTES } from './wal-image.js';

const PAGE = 512;
const FRAME = 24 + PAGE;

/** A log of `frames` frames with one salt, and `old` frames of another behind them. */
function wal(frames: number, old = 0): Buffer {
  const header = Buffer.alloc(WAL_HEADER_BYTES, 1);
  header.writeUInt32BE(PAGE, 8);
  header.write('aaaabbbb', 16, 'latin1');
  const frame = (salt: string) => {
    const bytes = Buffer.alloc(FRAME, 7);
    bytes.write(salt, 8, 'latin1');
    return bytes;
  };
  return Buffer.concat([
    header,
    ...Array.from({ length: frames }, () => frame('aaaabbbb')),
    ...Array.from({ length: old }, () => frame('ccccdddd')),
  ]);
}

const drawing =
  (...draws: number[]) =>
  () =>
    draws.shift() ?? 0.99;

describe('the end of a write-ahead log', () => {
  it.each([
    ['no file', Buffer.alloc(0), 0],
    ['a header alone', wal(0), WAL_HEADER_BYTES],
    ['its frames', wal(3), WAL_HEADER_BYTES + 3 * FRAME],
    ['its frames, older ones behind', wal(2, 4), WAL_HEADER_BYTES + 2 * FRAME],
    ['a torn frame is none', wal(2).subarray(0, WAL_HEADER_BYTES + 2 * FRAME - 1), WAL_HEADER_BYTES + FRAME],
  ])('%s', (_name, bytes, end) => {
    expect(endOf(bytes)).toBe(end);
  });
});

describe('what a loss of power leaves', () => {
  const synced = { salt: saltOf(wal(0)), bytes: WAL_HEADER_BYTES + 2 * FRAME };

  it('always what was synced, whatever is drawn', () => {
    const draw = drawsFrom(5);
    for (let times = 0; times < 500; times++) {
      const left = afterLoss(wal(5, 2), synced, draw);
      expect(left.length).toBeGreaterThanOrEqual(synced.bytes);
      expect(left.length).toBeLessThanOrEqual(WAL_HEADER_BYTES + 5 * FRAME);
      expect(Buffer.compare(left.subarray(0, synced.bytes), wal(5).subarray(0, synced.bytes))).toBe(0);
    }
  });

  it('of the rest nothing, a torn frame, or all', () => {
    expect(afterLoss(wal(5), synced, drawing(0))).toHaveLength(synced.bytes);
    expect(afterLoss(wal(5), synced, drawing(0.4)).length % FRAME).not.toBe(WAL_HEADER_BYTES % FRAME);
    expect(afterLoss(wal(5), synced, drawing(0.9999))).toHaveLength(WAL_HEADER_BYTES + 5 * FRAME);
  });

  it('sometimes a hole where a sector was not written', () => {
    const left = afterLoss(wal(5), synced, drawing(0.9999, 0.1, 0));
    expect(left.subarray(synced.bytes, synced.bytes + 512).every((byte) => byte === 0)).toBe(true);
    expect(left.subarray(synced.bytes + 512).some((byte) => byte === 0)).toBe(false);
  });

  it('nothing that is known of a log that was begun anew since', () => {
    expect(afterLoss(wal(5), { ...synced, salt: 'another' }, drawing(0))).toHaveLength(0);
    expect(afterLoss(wal(5), undefined, drawing(0))).toHaveLength(0);
  });
});

it('draws alike from equal seeds', () => {
  const [a, b, c] = [drawsFrom(1), drawsFrom(1), drawsFrom(2)];
  const draws = Array.from({ length: 100 }, a);
  expect(Array.from({ length: 100 }, b)).toEqual(draws);
  expect(Array.from({ length: 100 }, c)).not.toEqual(draws);
  expect(draws.every((draw) => draw >= 0 && draw < 1)).toBe(true);
});
