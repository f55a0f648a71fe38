/** InfoVolume: one volume as it stands (NS-VOL-1, NS-VOL-3, NS-VOL-7). */
import { hadoop } from '#proto';
import { ok, refusal, Status } from '../../answers.js';
import type { ReadCommand } from '../../command.js';
import { getVolume, volumeAnswer } from '../../records.js';

export const infoVolume: ReadCommand = {
  type: hadoop.ozone.Type.InfoVolume,
  readClass: 'coordinated',

  answer(view, request) {
    const name = request.infoVolumeRequest?.volumeName ?? '';
    const volume = getVolume(view, name);
    if (volume === undefined) return refusal(Status.VOLUME_NOT_FOUND, `Volume ${name} is not found`);
    return ok({ infoVolumeResponse: { volumeInfo: volumeAnswer(view, volume.info) } });
  },
};
