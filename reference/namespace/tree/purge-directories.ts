/**
 * The write that carries out a purge step. It is the leader's own: no registry has it, so that a client's request of this type is
 * refused like any other that nothing carries out (W-8).
 */
import { hadoop } from '#proto';
import { ok } from '../answers.js';
import type { OMRequest, WriteCommand } from '../command.js';
import { container } from '../volume-locks.js';
import { nextPurged, type PurgeBounds, purgeStep } from './purge.js';

const { Type } = hadoop.ozone;

export const PURGE_REQUEST: OMRequest = { cmdType: Type.PurgeDirectories, clientId: '' };

export function purgeDirectories(bounds: PurgeBounds): WriteCommand {
  return {
    type: Type.PurgeDirectories,
    readClass: 'leader-only',

    /** The bucket must not go meanwhile. No child has an empty name: that slot keeps a second step from planning on the same rows. */
    locks(view) {
      const bucketId = nextPurged(view);
      if (bucketId === undefined) return [];
      return [container(bucketId, 'shared'), { kind: 'slot', parentObjectId: bucketId, name: '' }];
    },

    plan: (view) => ({ operations: purgeStep(view, bounds), answer: ok({}) }),
  };
}
