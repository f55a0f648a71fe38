import { expect, test } from 'vitest';
import { type Frame, peerService } from './peer-wire.js';

const { requestSerialize, requestDeserialize } = peerService.Connect;

test('a frame comes back as it was sent, member ids and indexes up to 2^53', () => {
  const frame: Frame = {
    hello: null,
    messages: [1, 2 ** 31, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER].map((to) => ({
      group: 'main',
      to,
      type: 3,
      message: Buffer.from([to % 256]),
      commit: to - 1,
    })),
  };
  expect(requestDeserialize(requestSerialize(frame))).toEqual(frame);
});

test('a message of somebody who does not lead says that nothing is committed', () => {
  const messages = [{ group: 'main', to: 1, type: 3, message: Buffer.alloc(0) }];
  expect(requestDeserialize(requestSerialize({ messages })).messages).toEqual([{ ...messages[0], commit: 0 }]);
});

test('a member id beyond 2^53 ends the connection instead of being rounded', () => {
  const bytes = requestSerialize({ messages: [{ group: 'main', to: 2 ** 60, type: 3, message: Buffer.alloc(0) }] });
  expect(() => requestDeserialize(bytes)).toThrow(RangeError);
});
