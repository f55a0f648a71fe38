/**
 * A gRPC server for tests whose every frame is scripted, so that it can also do what no proper server does: garbage, resets,
 * silence, endings without a status.
 */
import * as http2 from 'node:http2';
import type { AddressInfo } from 'node:net';

export interface Arrived {
  readonly path: string;
  readonly headers: http2.IncomingHttpHeaders;
  /** The request message, unframed. */
  readonly message: Buffer;
  /** Position of the connection that it came on, from 0. */
  readonly connection: number;
}

export type Script = (stream: http2.ServerHttp2Stream, arrived: Arrived) => void;

export interface ScriptedServer {
  /** host:port */
  readonly address: string;
  readonly arrived: readonly Arrived[];
  readonly connections: number;
  close(): Promise<void>;
}

/** @param tls the server speaks TLS with these; `requestCert` asks for mutual TLS */
export async function serve(script: Script, port = 0, tls?: http2.SecureServerOptions): Promise<ScriptedServer> {
  const server = tls === undefined ? http2.createServer() : http2.createSecureServer(tls);
  const arrived: Arrived[] = [];
  const sessions = new Map<http2.Http2Session, number>();
  server.on('session', (session) => sessions.set(session, sessions.size));
  server.on('stream', (stream, headers) => {
    const chunks: Buffer[] = [];
    stream.on('error', () => {}); // A reset by either side is part of many scripts.
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const one = {
        path: String(headers[':path']),
        headers,
        message: Buffer.concat(chunks).subarray(5),
        connection: stream.session === undefined ? -1 : (sessions.get(stream.session) ?? -1),
      };
      arrived.push(one);
      // Who sent it may be gone by now, where the machine is slow.
      if (!stream.destroyed) script(stream, one);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrived,
    get connections() {
      return sessions.size;
    },
    close: () =>
      new Promise((resolve) => {
        for (const session of sessions.keys()) session.destroy();
        server.close(() => resolve());
      }),
  };
}

export function frame(message: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.byteLength, 1);
  return Buffer.concat([head, message]);
}

const OK_HEADERS = { ':status': 200, 'content-type': 'application/grpc' };

/** Answers with a message and gRPC status OK. */
export function answer(
  stream: http2.ServerHttp2Stream,
  message: Uint8Array,
  trailers: http2.OutgoingHttpHeaders = {},
): void {
  stream.respond(OK_HEADERS, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0', ...trailers }));
  stream.end(frame(message));
}

/** Refuses without headers before, as servers do that fail before they begin to answer. */
export function refuse(
  stream: http2.ServerHttp2Stream,
  code: number,
  details: string,
  trailers: http2.OutgoingHttpHeaders = {},
): void {
  stream.respond(
    { ...OK_HEADERS, 'grpc-status': String(code), 'grpc-message': encodeURIComponent(details), ...trailers },
    { endStream: true },
  );
}

/** Refuses with headers first and the status in trailers of their own. */
export function refuseAfterHeaders(stream: http2.ServerHttp2Stream, code: number, details: string): void {
  stream.respond(OK_HEADERS, { waitForTrailers: true });
  stream.on('wantTrailers', () =>
    stream.sendTrailers({ 'grpc-status': String(code), 'grpc-message': encodeURIComponent(details) }),
  );
  stream.end();
}
