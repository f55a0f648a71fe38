/** The server on a node's OM port: the Ozone Manager service, and the standard health service beside it. */
import { HealthImplementation } from 'grpc-health-check';
import { close, listen, newServer } from './grpc-server.js';
import { OM_SERVICE, OM_SERVICE_NAME, type OmServiceOptions, omService } from './om-service.js';

export interface OmServerOptions extends OmServiceOptions {
  /** host:port; port 0 = any. */
  readonly address: string;
  /** Bound on a request (`ozone.om.grpc.maximum.response.length`, W-6); answers have none of their own. */
  readonly maxMessageBytes: number;
}

export interface OmServer {
  readonly address: string;
  close(graceMs: number): Promise<void>;
}

export async function startOmServer(options: OmServerOptions): Promise<OmServer> {
  const server = newServer({
    'grpc.max_receive_message_length': options.maxMessageBytes,
    'grpc.max_send_message_length': -1,
  });
  const health = new HealthImplementation({ '': 'SERVING', [OM_SERVICE_NAME]: 'SERVING' });
  server.addService(OM_SERVICE, omService(options));
  health.addToServer(server);
  const address = await listen(server, options.address);
  return {
    address,
    async close(graceMs) {
      health.setStatus('', 'NOT_SERVING');
      health.setStatus(OM_SERVICE_NAME, 'NOT_SERVING');
      await close(server, graceMs);
    },
  };
}
