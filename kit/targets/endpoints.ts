/** Turns the endpoints of a target file into those of a target: TLS files read, the shared control address spread. */
import { readTls } from './file.js';
import type { EndpointsSpec } from './schema.js';
import type { NodeEndpoint } from './target.js';

/**
 * @param folder of the target file; TLS files are relative to it
 * @throws EnvironmentError TLS_FILE_UNREADABLE
 */
export function endpointsOf(spec: EndpointsSpec, folder: string): NodeEndpoint[] {
  const shared = readTls(spec.tls, folder);
  return Object.entries(spec.nodes).map(([id, node]) => {
    const own = typeof node === 'string' ? { address: node } : node;
    const control = own.control ?? spec.control;
    const tls = own.tls === undefined ? shared : readTls(own.tls, folder);
    return {
      id,
      address: own.address,
      ...(control === undefined ? {} : { control }),
      ...(tls === undefined ? {} : { tls }),
    };
  });
}
