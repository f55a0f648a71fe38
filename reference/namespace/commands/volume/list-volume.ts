/**
 * ListVolume: the volumes of the cluster or of one owner, in name order, a page at a time (NS-VOL-6). `prevKey` is exclusive
 * and need not exist any more: a page that begins after a removed volume misses nothing.
 */
import { hadoop } from '#proto';
import type { StateView } from '../../../storage/state-store.js';
import { decode } from '../../../wire/plain.js';
import { ok } from '../../answers.js';
import type { OMRequest, ReadCommand } from '../../command.js';
import { getVolume, type VolumeInfo, volumeAnswer } from '../../records.js';
import { USER_VOLUMES, userVolumeKey, VOLUMES, volumeKey, volumeOfUserKey } from '../../tables.js';

const { Scope } = hadoop.ozone.ListVolumeRequest;

interface Page {
  /** Undefined = all volumes of the cluster. */
  readonly owner: string | undefined;
  readonly prefix: string;
  /** Empty = from the beginning. */
  readonly after: string;
  readonly count: number;
}

export const listVolume: ReadCommand = {
  type: hadoop.ozone.Type.ListVolume,
  readClass: 'coordinated',

  answer(view, request, context) {
    const page = asked(request, context.user);
    const volumeInfo: VolumeInfo[] = [];
    for (const info of page.owner === undefined ? ofCluster(view, page) : ofOwner(view, page, page.owner)) {
      if (volumeInfo.length >= page.count) break;
      volumeInfo.push(volumeAnswer(view, info));
    }
    return ok({ listVolumeResponse: { volumeInfo } });
  },
};

function asked(request: OMRequest, user: string): Page {
  const list = request.listVolumeRequest;
  return {
    owner: owner(list?.scope ?? Scope.VOLUMES_BY_CLUSTER, list?.userName ?? '', user),
    prefix: list?.prefix ?? '',
    after: list?.prevKey ?? '',
    // A page of no stated size is empty, as upstream.
    count: list?.maxKeys ?? 0,
  };
}

function owner(scope: hadoop.ozone.ListVolumeRequest.Scope, named: string, user: string): string | undefined {
  switch (scope) {
    case Scope.VOLUMES_BY_CLUSTER:
      return undefined;
    case Scope.VOLUMES_BY_USER:
      return named === '' ? undefined : named;
    case Scope.USER_VOLUMES:
      // Upstream never answers this scope with anything; here it is what its name says.
      return named === '' ? user : named;
  }
}

function* ofCluster(view: StateView, page: Page): Iterable<VolumeInfo> {
  for (const [, value] of view.scan(VOLUMES, range(page, volumeKey))) yield decode(hadoop.ozone.VolumeInfo, value);
}

function* ofOwner(view: StateView, page: Page, name: string): Iterable<VolumeInfo> {
  for (const [key] of view.scan(
    USER_VOLUMES,
    range(page, (volume) => userVolumeKey(name, volume)),
  )) {
    const volume = volumeOfUserKey(key, name);
    const record = volume === undefined ? undefined : getVolume(view, volume);
    if (record !== undefined) yield record.info;
  }
}

function range(page: Page, key: (name: string) => Uint8Array) {
  return { prefix: key(page.prefix), ...(page.after === '' ? {} : { after: key(page.after) }) };
}
