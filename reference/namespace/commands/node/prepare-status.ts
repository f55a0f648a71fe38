/** PrepareStatus: whether the node was prepared for an upgrade. This implementation cannot be, so it never was. */
import { hadoop } from '#proto';
import { ok } from '../../answers.js';
import type { ReadCommand } from '../../command.js';

const { PrepareStatus } = hadoop.ozone.PrepareStatusResponse;

/** What upstream shows as the index of a preparation that did not happen: −1. */
const NO_INDEX = 2n ** 64n - 1n;

export const prepareStatus: ReadCommand = {
  type: hadoop.ozone.Type.PrepareStatus,
  readClass: 'uncoordinated',
  answer: () => ok({ prepareStatusResponse: { status: PrepareStatus.NOT_PREPARED, currentTxnIndex: NO_INDEX } }),
};
