/**
 * One gRPC connection to one endpoint, and unary calls of raw bytes on it. It owns when a connection is made anew; what the
 * end of a call means is decided in `call-end.ts`.
 *
 * A call that ends as unavailable does so after a connection attempt that began with the call, never because an earlier
 * attempt failed: gRPC's own back-off would refuse calls to a node that is up again for up to two minutes.
 */
import {
  Client,
  connectivityState,
  credentials,
  logVerbosity,
  Metadata,
  type StatusObject,
  setLogVerbosity,
} from '@grpc/grpc-js';
import type { CallEnd } from './call-end.js';
import { printable } from './text.js';
import type { Tls } from './tls.js';

// The library would print what servers send, unescaped, to standard error.
if (process.env.GRPC_VERBOSITY === undefined) setLogVerbosity(logVerbosity.NONE);

/** What an OM may answer: the upstream default of `ozone.om.grpc.maximum.response.length`. */
const MAX_RECEIVE_BYTES = 128 * 1024 * 1024;
const MAX_TRAILERS = 64;
/** A state vector of 128 entries takes about 7 KiB. */
const MAX_TRAILER_CHARS = 16 * 1024;

const CHANNEL_OPTIONS = {
  'grpc.max_receive_message_length': MAX_RECEIVE_BYTES,
  // The server's limit is what W-6 tests; ours must not be in the way.
  'grpc.max_send_message_length': -1,
  // Every connection is a connection of its own, also two to the same address.
  'grpc.use_local_subchannel_pool': 1,
  // What the transcript shows is what was sent.
  'grpc.enable_retries': 0,
  'grpc.enable_channelz': 0,
  'grpc.enable_http_proxy': 0,
  'grpc.service_config_disable_resolution': 1,
};

export interface UnaryOptions {
  readonly deadlineMs: number;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** The end of a call, and on which connection it was. */
export interface UnaryEnd extends CallEnd {
  /** Ordinal of the connection that was the newest when the call ended, from 1; 0 where none was ever made. */
  readonly session: number;
}

export class NodeConnection {
  private client: Client | undefined;
  private closed = false;
  /** Connections that were made. */
  private sessions = 0;

  constructor(
    /** host:port */
    readonly address: string,
    private readonly tls: Tls | undefined,
  ) {}

  /** Never rejects for what the network or the server does. */
  async unary(path: string, request: Uint8Array, options: UnaryOptions): Promise<UnaryEnd> {
    const endsAtMs = Date.now() + options.deadlineMs;
    const { client, joined } = this.channel();
    const end = await this.call(client, path, request, endsAtMs, options);
    // This call had joined an attempt that began before it, so its failure says nothing of now. Nothing was sent yet.
    if (joined && end.details.startsWith('No connection established') && !end.aborted && Date.now() < endsAtMs) {
      return await this.call(this.channel().client, path, request, endsAtMs, options);
    }
    return end;
  }

  private async call(...[client, path, request, endsAtMs, options]: Parameters<typeof call>): Promise<UnaryEnd> {
    const end = await call(client, path, request, endsAtMs, options);
    return { ...end, session: this.sessions };
  }

  /** Ends the connection; open calls on it end as unavailable. */
  close(): void {
    this.closed = true;
    this.client?.close();
    this.client = undefined;
  }

  private channel(): { client: Client; joined: boolean } {
    if (this.closed) throw new Error(`connection to ${this.address} was closed`);
    let state = this.client?.getChannel().getConnectivityState(false);
    if (state === connectivityState.TRANSIENT_FAILURE) {
      this.client?.close();
      this.client = undefined;
      state = undefined;
    }
    this.client ??= this.connect();
    return { client: this.client, joined: state === connectivityState.CONNECTING };
  }

  private connect(): Client {
    const client = new Client(this.address, channelCredentials(this.tls), {
      ...CHANNEL_OPTIONS,
      ...(this.tls?.serverName === undefined
        ? {}
        : {
            'grpc.ssl_target_name_override': this.tls.serverName,
            'grpc.default_authority': this.tls.serverName,
          }),
    });
    this.countSessions(client);
    return client;
  }

  /** The library makes a lost connection anew without a word; its channel is ready once for each. */
  private countSessions(client: Client): void {
    const channel = client.getChannel();
    const state = channel.getConnectivityState(false);
    if (state === connectivityState.SHUTDOWN) return;
    channel.watchConnectivityState(state, Number.POSITIVE_INFINITY, () => {
      if (channel.getConnectivityState(false) === connectivityState.READY) this.sessions += 1;
      this.countSessions(client);
    });
  }
}

function channelCredentials(tls: Tls | undefined) {
  if (tls === undefined) return credentials.createInsecure();
  return credentials.createSsl(tls.ca ?? null, tls.key ?? null, tls.cert ?? null);
}

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const asIs = (bytes: Buffer): Buffer => bytes;

function call(
  client: Client,
  path: string,
  request: Uint8Array,
  endsAtMs: number,
  options: UnaryOptions,
): Promise<CallEnd> {
  return new Promise((resolve) => {
    const metadata = new Metadata();
    for (const [key, value] of Object.entries(options.metadata ?? {})) metadata.set(key, value);
    let message: Uint8Array | undefined;
    let headersSeen = false;
    let aborted = false;
    const running = client.makeUnaryRequest(
      path,
      asBuffer,
      asIs,
      request,
      metadata,
      { deadline: endsAtMs },
      (error, answer) => {
        if (error === null) message = answer;
      },
    );
    const abort = () => {
      aborted = true;
      running.cancel();
    };
    running.on('metadata', () => {
      headersSeen = true;
    });
    running.on('status', (status: StatusObject) => {
      options.signal?.removeEventListener('abort', abort);
      resolve({
        code: status.code,
        details: detailsText(status.details),
        trailers: trailersOf(status.metadata),
        headersSeen,
        message,
        aborted,
        overdue: Date.now() >= endsAtMs,
      });
    });
    if (options.signal?.aborted) abort();
    else options.signal?.addEventListener('abort', abort, { once: true });
  });
}

/**
 * grpc-js leaves the escapes of URI-reserved characters alone, which gRPC lets a server use for any character. And it ends
 * its own texts with an empty note.
 */
function detailsText(details: string): string {
  return details
    .replace(/\. Resolution note: $/, '')
    .replace(/%(?:3B|2C|2F|3F|3A|40|26|3D|2B|24|23)/gi, decodeURIComponent);
}

/** Trailers as printable text: repeated keys joined by a comma as HTTP does, binary values as base64. */
function trailersOf(metadata: Metadata): ReadonlyMap<string, string> {
  const trailers = new Map<string, string>();
  for (const key of Object.keys(metadata.getMap())) {
    if (trailers.size >= MAX_TRAILERS) break;
    const values = metadata.get(key).map((value) => (typeof value === 'string' ? value : value.toString('base64')));
    trailers.set(printable(key, 128), printable(values.join(','), MAX_TRAILER_CHARS));
  }
  return trailers;
}
