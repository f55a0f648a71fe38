/** Steps: what a volume says of itself. */
import { Then } from '@cucumber/cucumber';
import { assertCreationTime } from '../kit/assert/creation-time.js';
import { assertPartKept, type VolumePart } from '../kit/assert/unchanged.js';
import { assertOwner } from '../kit/assert/volume-owner.js';
import { assertQuota } from '../kit/assert/volume-quota.js';
import type { Quota } from '../kit/scenario/operation.js';
import type { Outcome } from '../kit/wire/outcome.js';
import { judge } from './judge.js';
import type { OmWorld } from './world.js';

Then('{volume} belongs to {string}', async function (this: OmWorld, volume: string, owner: string) {
  const read = await readVolume(this, volume);
  await judge(this, [read], () => assertOwner(read, volume, owner));
});

Then('{volume} is limited to {quota}', async function (this: OmWorld, volume: string, quota: Quota) {
  const read = await readVolume(this, volume);
  await judge(this, [read], () => assertQuota(read, volume, quota));
});

Then('{volume} has a creation time', async function (this: OmWorld, volume: string) {
  const read = await readVolume(this, volume);
  await judge(this, [read], () => assertCreationTime(read, volume));
});

Then('{volume} keeps its {volume part}', async function (this: OmWorld, volume: string, part: VolumePart) {
  const read = await readVolume(this, volume);
  await judge(this, [read], () => assertPartKept(read, this.volumes.known({ volume }), part));
});

async function readVolume(world: OmWorld, volume: string): Promise<Outcome> {
  return await world.line.read({ kind: 'read-volume', volume });
}
