import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { hadoop } from '#proto';
import { createOmClient } from '../client.js';
import { encode } from '../plain.js';
import { echoRead } from '../requests.js';
import type { Tls } from '../tls.js';
import { TranscriptLog } from '../transcript-log.js';
import { answer, serve } from './scripted-server.js';

/** Certificates for tests alone, all of one authority whose key was thrown away; they name `om.test`. */
const pem = (name: string) => readFileSync(new URL(`../../../../kit/wire/test/tls/${name}`, import.meta.url));
const ca = pem('ca.pem');
const server = { cert: pem('server.pem'), key: pem('server.key'), ca };
const own = { cert: pem('client.pem'), key: pem('client.key') };

const { OMResponse, Status, Type } = hadoop.ozone;
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function outcomeWith(mutual: boolean, tls: Tls | undefined) {
  const ok = encode(OMResponse, { cmdType: Type.EchoRPC, status: Status.OK });
  const one = await serve((stream) => answer(stream, ok), 0, {
    ...server,
    ...(mutual ? { requestCert: true, rejectUnauthorized: true } : {}),
  });
  cleanups.push(() => one.close());
  const nodes = [{ id: 'om1', address: one.address, tls }];
  const client = createOmClient({ nodes, callMs: 3000, clientId: 'c', transcript: new TranscriptLog() });
  cleanups.push(() => client.close());
  return await client.call('om1', echoRead);
}

test.each<[string, boolean, Tls | undefined, object]>([
  ['TLS, the name overridden', false, { ca, serverName: 'om.test' }, { kind: 'answered' }],
  ['mutual TLS', true, { ca, serverName: 'om.test', ...own }, { kind: 'answered' }],
  ['mutual TLS without a certificate of ours', true, { ca, serverName: 'om.test' }, { why: 'unavailable' }],
  ['an authority that is not trusted', false, { serverName: 'om.test' }, { why: 'unavailable' }],
  ['another name in the certificate', false, { ca, serverName: 'om.other' }, { why: 'unavailable' }],
  ['plain text to a TLS port', false, undefined, { why: 'unavailable' }],
])('%s', async (_, mutual, tls, expected) => {
  expect(await outcomeWith(mutual, tls)).toMatchObject(expected);
});
