/**
 * TransferLeadership: has the named node lead group main, or any other than now where the name is empty (HA-9). Answered when it
 * leads; a transfer that cannot be, or does not come about, has the status that upstream gives.
 */
import { hadoop } from '#proto';
import { ok, refusal, Status } from '../../answers.js';
import type { NodeCommand } from '../../command.js';

export const transferLeadership: NodeCommand = {
  type: hadoop.ozone.Type.TransferLeadership,
  readClass: 'any-node',

  async carryOut(request, cluster) {
    const to = request.TransferOmLeadershipRequest?.newLeaderId;
    if (to === undefined) return refusal(Status.INVALID_REQUEST, 'The request does not say who is to lead');
    const result = await cluster.transferLeadership(to === '' ? undefined : to);
    if (result !== 'done') return refusal(Status.INTERNAL_ERROR, result.failed);
    return ok({ TransferOmLeadershipResponse: {} });
  },
};
