import { describe, expect, test } from 'vitest';
import { textOfLog } from './container-log.js';

function frame(stream: number, text: string): Buffer {
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([header, Buffer.from(text)]);
}

describe('the log of a container', () => {
  test.each<[string, Buffer, string]>([
    ['nothing', Buffer.alloc(0), ''],
    ['one frame', frame(1, 'up\n'), 'up\n'],
    ['both streams, in order', Buffer.concat([frame(2, 'no licence\n'), frame(1, 'bye ü\n')]), 'no licence\nbye ü\n'],
    ['an empty frame', Buffer.concat([frame(1, ''), frame(1, 'x')]), 'x'],
    ['a terminal, without frames', Buffer.from('plain text\n'), 'plain text\n'],
    ['a last frame that is cut off', frame(1, 'whole line').subarray(0, 12), 'whol'],
  ])('%s', (_, bytes, text) => {
    expect(textOfLog(bytes)).toBe(text);
  });

  test('a letter of two bytes in two frames', () => {
    const [first, second] = [Buffer.from([0xc3]), Buffer.from([0xbc])];
    const frames = [first, second].flatMap((bytes) => [frame(1, 'x').subarray(0, 8), bytes]);
    expect(textOfLog(Buffer.concat(frames))).toBe('ü');
  });
});
