/** Reads and listings of keys for tests, as the wire client would give them. */
import type { Answered } from '../../wire/outcome.js';
import type { KeyInfo } from '../key-read.js';
import { answered, type Call } from './outcomes.js';

export const KEY: KeyInfo = {
  volumeName: 'alpha',
  bucketName: 'box',
  keyName: 'k',
  dataSize: 0n,
  type: 1,
  creationTime: 1_700_000_000_000n,
  modificationTime: 1_700_000_000_001n,
  objectID: 2n ** 63n + 512n,
  updateID: 5n,
};

export function key(info: Partial<KeyInfo> = {}, call: Call = {}): Answered {
  return answered('OK', { command: 'GetKeyInfo', ...call }, { GetKeyInfoResponse: { keyInfo: { ...KEY, ...info } } });
}

export function keyPage(names: readonly string[], call: Call = {}, isTruncated?: boolean): Answered {
  const keyInfo = names.map((keyName) => ({ ...KEY, keyName }));
  const more = isTruncated === undefined ? {} : { isTruncated };
  return answered('OK', { command: 'ListKeys', ...call }, { listKeysResponse: { keyInfo, ...more } });
}

export function lightPage(names: readonly string[], call: Call = {}, isTruncated?: boolean): Answered {
  const basicKeyInfo = names.map((keyName) => ({ keyName }));
  const more = isTruncated === undefined ? {} : { isTruncated };
  return answered('OK', { command: 'ListKeysLight', ...call }, { listKeysLightResponse: { basicKeyInfo, ...more } });
}
