/**
 * Msync: asks the leader how far its groups have come, so that a read on any node shows at least that (docs/spec/wire-binding.md
 * §4). Decides which groups are asked for; who confirms what is the node's.
 */
import { hadoop } from '#proto';
import { uuidText } from '../../../wire/uuid.js';
import { ok } from '../../answers.js';
import type { PositionCommand } from '../../command.js';

/** In messages the group `main` is 0/0. */
const MAIN = 'main';

export const msync: PositionCommand = {
  type: hadoop.ozone.Type.Msync,
  readClass: 'leader-only',
  groups: (request) => (request.msyncRequest?.groups ?? []).map(groupName),
  told: (index) => ok({ msyncResponse: { lastAppliedIndex: index, groups: [] } }),
};

function groupName({ mostSigBits, leastSigBits }: { readonly mostSigBits: bigint; readonly leastSigBits: bigint }) {
  if (mostSigBits === 0n && leastSigBits === 0n) return MAIN;
  const hex = [mostSigBits, leastSigBits]
    .map((bits) => BigInt.asUintN(64, bits).toString(16).padStart(16, '0'))
    .join('');
  return uuidText(hex);
}
