/**
 * A node of its own process that says on its output what it hears that is not an entry. Arguments: its port, the other's.
 */
import { writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { PeerTransport } from '../peer-transport.js';

const APPEND = 3;
const [own = '', others = ''] = process.argv.slice(2);
const transport = new PeerTransport({
  cluster: 'cluster-a',
  self: { node: 'om2', number: 2, address: `127.0.0.1:${own}` },
  others: [{ node: 'om1', number: 1, address: `127.0.0.1:${others}` }],
  receivingDirectory: tmpdir(),
  timer: {
    after(delayMs, work) {
      const handle = setTimeout(work, delayMs);
      return () => clearTimeout(handle);
    },
  },
  nodeOf: () => 'om1',
  onMessages: (_, messages) => {
    for (const { type, message } of messages) if (type !== APPEND) writeSync(1, `${Buffer.from(message).toString()}\n`);
  },
  onSnapshot: () => Promise.resolve(),
  onStanding: () => Promise.reject(new Error('nobody asks')),
  onUnreachable: () => undefined,
  onEvent: () => undefined,
});
await transport.start();
