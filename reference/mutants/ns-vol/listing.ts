/** Listings with wrong pages (NS-VOL-6). */
import { hadoop } from '#proto';
import { ok } from '../../namespace/answers.js';
import type { Answer, OMRequest } from '../../namespace/command.js';
import { getVolume, type VolumeInfo } from '../../namespace/records.js';
import type { Mutant } from '../mutant.js';
import { withRead } from '../wrapped.js';

const { ListVolume } = hadoop.ozone.Type;

function listed(answer: Answer): VolumeInfo[] {
  return answer.body.listVolumeResponse?.volumeInfo ?? [];
}

function asking(request: OMRequest, change: { readonly maxKeys?: number; readonly prevKey?: string }): OMRequest {
  const { listVolumeRequest } = request;
  return listVolumeRequest == null ? request : { ...request, listVolumeRequest: { ...listVolumeRequest, ...change } };
}

export const LISTING: readonly Mutant[] = [
  {
    kind: 'policy',
    id: 'ns-vol-6-one-too-many',
    wrong: 'A page holds one volume more than was asked for.',
    breaks: { 'NS-VOL-6': 'page-size' },
    parts: (right) =>
      withRead(right, ListVolume, (command) => ({
        answer: (view, request, context) =>
          command.answer(view, asking(request, { maxKeys: (request.listVolumeRequest?.maxKeys ?? 0) + 1 }), context),
      })),
  },
  {
    kind: 'policy',
    id: 'ns-vol-6-dots-before-hyphens',
    wrong: 'A page is in the order of a dictionary, which passes over dots and hyphens.',
    breaks: { 'NS-VOL-6': 'listing-order' },
    parts: (right) => {
      const letters = (volume: VolumeInfo) => volume.volume.replace(/[.-]/g, '');
      return withRead(right, ListVolume, (command) => ({
        answer: (view, request, context) => {
          const volumeInfo = listed(command.answer(view, request, context));
          const sorted = volumeInfo.toSorted((a, b) =>
            letters(a) < letters(b) ? -1 : letters(a) > letters(b) ? 1 : 0,
          );
          return ok({ listVolumeResponse: { volumeInfo: sorted } });
        },
      }));
    },
  },
  {
    kind: 'policy',
    id: 'ns-vol-6-ends-where-a-volume-went',
    wrong: 'A listing is over when the volume that prevKey names is no longer there.',
    breaks: { 'NS-VOL-6': 'listing-content' },
    parts: (right) =>
      withRead(right, ListVolume, (command) => ({
        answer: (view, request, context) => {
          const after = request.listVolumeRequest?.prevKey ?? '';
          return after !== '' && getVolume(view, after) === undefined
            ? ok({ listVolumeResponse: { volumeInfo: [] } })
            : command.answer(view, request, context);
        },
      })),
  },
  {
    kind: 'policy',
    id: 'ns-vol-6-begins-with-the-last-again',
    wrong: 'A page begins with the volume that prevKey names, so that a listing never ends.',
    breaks: { 'NS-VOL-6': 'listing-order' },
    parts: (right) =>
      withRead(right, ListVolume, (command) => ({
        answer: (view, request, context) => {
          const answer = command.answer(view, request, context);
          const { prevKey, maxKeys } = request.listVolumeRequest ?? {};
          const again = prevKey ? getVolume(view, prevKey)?.info : undefined;
          if (again === undefined) return answer;
          return ok({ listVolumeResponse: { volumeInfo: [again, ...listed(answer)].slice(0, maxKeys ?? 0) } });
        },
      })),
  },
];
