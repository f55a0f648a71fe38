/** Volumes that are created wrongly, or not refused (NS-VOL-1, NS-VOL-2, NS-VOL-4). */
import { hadoop } from '#proto';
import { refusal, Status } from '../../namespace/answers.js';
import type { OMRequest } from '../../namespace/command.js';
import type { VolumeInfo } from '../../namespace/records.js';
import type { NodeParts } from '../../node/parts.js';
import type { Mutant } from '../mutant.js';
import { blindTo, withWrite } from '../wrapped.js';

const { CreateVolume } = hadoop.ozone.Type;

/** Creates what the changed request asks for. */
function creating(right: NodeParts, change: (asked: VolumeInfo) => Partial<VolumeInfo>): NodeParts {
  return withWrite(right, CreateVolume, (command) => ({
    plan: (view, request, context) => command.plan(view, changed(request, change), context),
  }));
}

function changed(request: OMRequest, change: (asked: VolumeInfo) => Partial<VolumeInfo>): OMRequest {
  const asked = request.createVolumeRequest?.volumeInfo;
  if (asked === undefined) return request;
  return {
    ...request,
    createVolumeRequest: { ...request.createVolumeRequest, volumeInfo: { ...asked, ...change(asked) } },
  };
}

export const CREATION: readonly Mutant[] = [
  {
    kind: 'policy',
    id: 'ns-vol-1-owned-by-the-server',
    wrong: 'A new volume belongs to the user of the server instead of the owner that the request names.',
    breaks: { 'NS-VOL-1': 'volume-owner' },
    parts: (right) => creating(right, () => ({ ownerName: '' })),
  },
  {
    kind: 'policy',
    id: 'ns-vol-1-quota-through-a-double',
    wrong: 'Quotas of a new volume pass through a floating-point number.',
    breaks: { 'NS-VOL-1': 'volume-quota' },
    parts: (right) =>
      creating(right, ({ quotaInNamespace }) => ({
        quotaInNamespace:
          quotaInNamespace == null ? quotaInNamespace : BigInt.asIntN(64, BigInt(Number(quotaInNamespace))),
      })),
  },
  {
    kind: 'policy',
    id: 'ns-vol-1-time-in-seconds',
    wrong: 'Times are stored in seconds.',
    breaks: { 'NS-VOL-1': 'creation-time' },
    parts: (right) => ({ ...right, plan: (input) => right.plan({ ...input, nowMs: input.nowMs / 1000n }) }),
  },
  {
    kind: 'patch',
    id: 'ns-vol-1-created-anew-by-a-change',
    wrong: 'A change of a volume moves its creation time too.',
    breaks: { 'NS-VOL-1': 'volume-part-kept' },
    file: 'reference/namespace/commands/volume/set-volume-property.ts',
    search: 'modificationTime: context.nowMs,',
    replace: 'modificationTime: context.nowMs, creationTime: context.nowMs,',
  },
  {
    kind: 'policy',
    id: 'ns-vol-2-second-create-succeeds',
    wrong: 'Creating a volume that is there replaces it.',
    breaks: { 'NS-VOL-2': 'answer-status' },
    parts: (right) =>
      withWrite(right, CreateVolume, (command) => ({
        plan: (view, request, context) => command.plan(blindTo(view, 'volume'), request, context),
      })),
  },
  {
    kind: 'policy',
    id: 'ns-vol-2-refused-and-replaced',
    wrong: 'Creating a volume that is there says so, and replaces it all the same.',
    breaks: { 'NS-VOL-2': 'volume-unchanged' },
    parts: (right) =>
      withWrite(right, CreateVolume, (command) => ({
        plan: (view, request, context) => ({
          operations: command.plan(blindTo(view, 'volume'), request, context).operations,
          answer: command.plan(view, request, context).answer,
        }),
      })),
  },
  {
    kind: 'patch',
    id: 'ns-vol-4-dots-beside-hyphens',
    wrong: 'A name with a dot beside a hyphen is taken.',
    breaks: { 'NS-VOL-4': 'answer-status' },
    file: 'reference/namespace/names.ts',
    search: '/\\.\\.|\\.-|-\\./',
    replace: '/\\.\\./',
  },
  {
    kind: 'policy',
    id: 'ns-vol-4-another-status',
    wrong: 'A bad name is refused with a status that says nothing of names.',
    breaks: { 'NS-VOL-4': 'answer-status' },
    parts: (right) =>
      withWrite(right, CreateVolume, (command) => ({
        validate: (request) =>
          command.validate?.(request) && refusal(Status.INVALID_REQUEST, 'the request is not valid'),
      })),
  },
];
