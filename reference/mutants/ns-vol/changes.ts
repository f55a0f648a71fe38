/** Volumes that are changed, deleted or read wrongly (NS-VOL-3, NS-VOL-5, NS-VOL-7). */
import { hadoop } from '#proto';
import { ok, Status } from '../../namespace/answers.js';
import type { Answer } from '../../namespace/command.js';
import type { Mutant } from '../mutant.js';
import { blindTo, withRead, withWrite } from '../wrapped.js';

const { DeleteVolume, InfoBucket, InfoVolume } = hadoop.ozone.Type;

export const CHANGES: readonly Mutant[] = [
  {
    kind: 'policy',
    id: 'ns-vol-3-delete-of-nothing-is-done',
    wrong: 'Deleting a volume that is not there counts as done.',
    breaks: { 'NS-VOL-3': 'answer-status' },
    parts: (right) =>
      withWrite(right, DeleteVolume, (command) => ({
        plan: (view, request, context) => {
          const plan = command.plan(view, request, context);
          return plan.answer.status === Status.VOLUME_NOT_FOUND
            ? { operations: [], answer: ok({ deleteVolumeResponse: {} }) }
            : plan;
        },
      })),
  },
  {
    kind: 'policy',
    id: 'ns-vol-3-bucket-missing-instead',
    wrong: 'A bucket that is read in a volume that is not there counts as a missing bucket.',
    breaks: { 'NS-VOL-3': 'answer-status' },
    parts: (right) =>
      withRead(right, InfoBucket, (command) => ({
        answer: (view, request, context) => {
          const answer = command.answer(view, request, context);
          return answer.status === Status.VOLUME_NOT_FOUND ? { ...answer, status: Status.BUCKET_NOT_FOUND } : answer;
        },
      })),
  },
  {
    kind: 'policy',
    id: 'ns-vol-5-deleted-with-its-buckets',
    wrong: 'A volume is deleted whether or not a bucket is in it.',
    breaks: { 'NS-VOL-5': 'answer-status' },
    parts: (right) =>
      withWrite(right, DeleteVolume, (command) => ({
        plan: (view, request, context) => command.plan(blindTo(view, 'bucket'), request, context),
      })),
  },
  {
    kind: 'patch',
    id: 'ns-vol-5-buckets-of-longer-names',
    wrong: 'The buckets of a volume whose name is longer count as those of the shorter one.',
    breaks: { 'NS-VOL-5': 'answer-status' },
    file: 'reference/namespace/tables.ts',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: source text
    search: 'return utf8.encode(`/${volume}/`);',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: source text
    replace: 'return utf8.encode(`/${volume}`);',
  },
  {
    kind: 'policy',
    id: 'ns-vol-5-refused-and-deleted',
    wrong: 'Deleting a volume with a bucket in it is refused, and done all the same.',
    breaks: { 'NS-VOL-5': 'volume-unchanged' },
    parts: (right) =>
      withWrite(right, DeleteVolume, (command) => ({
        plan: (view, request, context) => ({
          operations: command.plan(blindTo(view, 'bucket'), request, context).operations,
          answer: command.plan(view, request, context).answer,
        }),
      })),
  },
  {
    kind: 'patch',
    id: 'ns-vol-7-new-owner-without-quota',
    wrong: 'A volume that is given away loses its quota of buckets.',
    breaks: { 'NS-VOL-7': 'volume-part-kept' },
    file: 'reference/namespace/commands/volume/set-volume-property.ts',
    search: 'putVolume({ ...touched(info, context), ownerName }),',
    replace: 'putVolume({ ...touched(info, context), ownerName, quotaInNamespace: NEVER_SET }),',
  },
  {
    kind: 'patch',
    id: 'ns-vol-7-unnamed-quota-is-lifted',
    wrong: 'A change of the bytes alone lifts the quota of buckets.',
    breaks: { 'NS-VOL-7': 'volume-quota' },
    file: 'reference/namespace/quotas.ts',
    search: 'if (asked === undefined) return present;',
    replace: 'if (asked === undefined) return NO_QUOTA;',
  },
  {
    kind: 'policy',
    id: 'ns-vol-7-read-from-a-cache',
    wrong: 'A volume reads for ever as it was first read.',
    breaks: { 'NS-VOL-7': 'volume-owner' },
    parts: (right) => {
      const cache = new Map<string, Answer>();
      return withRead(right, InfoVolume, (command) => ({
        answer: (view, request, context) => {
          const name = request.infoVolumeRequest?.volumeName ?? '';
          const answer = cache.get(name) ?? command.answer(view, request, context);
          if (answer.status === Status.OK) cache.set(name, answer);
          return answer;
        },
      }));
    },
  },
];
