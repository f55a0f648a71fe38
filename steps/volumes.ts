/** Steps: volumes and buckets that are there, and how they read afterwards. */
import { Given, Then } from '@cucumber/cucumber';
import { assertCreationTime } from '../kit/assert/creation-time.js';
import { assertMissing } from '../kit/assert/missing.js';
import {
  assertBucketUnchanged,
  assertPartKept,
  assertVolumeUnchanged,
  type VolumePart,
} from '../kit/assert/unchanged.js';
import { assertOwner } from '../kit/assert/volume-owner.js';
import { assertQuota } from '../kit/assert/volume-quota.js';
import { bucketIn, volumeIn } from '../kit/assert/volume-read.js';
import { bringAbout, readGiven } from '../kit/scenario/given.js';
import type { Operation, Quota } from '../kit/scenario/operation.js';
import type { Outcome } from '../kit/wire/outcome.js';
import { judge } from './judge.js';
import type { Subject } from './words.js';
import type { OmWorld } from './world.js';

Given('{what is there}', async function (this: OmWorld, writes: readonly Operation[]) {
  for (const write of writes) {
    await bringAbout(this.line, write);
    if (write.kind === 'create-bucket') {
      const { volume, bucket } = write;
      this.buckets.set(bucket, await readGiven(this.line, { kind: 'read-bucket', bucket, volume }, bucketIn));
    }
    // A bucket counts in its volume, so that is read again too.
    const volume = await readGiven(this.line, { kind: 'read-volume', volume: write.volume }, volumeIn);
    this.volumes.set(write.volume, volume);
  }
});

Then('{volume or bucket} is as it was', async function (this: OmWorld, subject: Subject) {
  const read = await this.line.read(subject);
  await judge(this, [read], () => {
    if (subject.kind === 'read-bucket') assertBucketUnchanged(read, known(this.buckets, subject.bucket));
    else assertVolumeUnchanged(read, known(this.volumes, subject.volume));
  });
});

Then('{volume or bucket} is missing', async function (this: OmWorld, subject: Subject) {
  const read = await this.line.read(subject);
  const name = subject.kind === 'read-bucket' ? `bucket ${subject.bucket}` : `volume ${subject.volume}`;
  await judge(this, [read], () => assertMissing(read, name));
});

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
  await judge(this, [read], () => assertPartKept(read, known(this.volumes, volume), part));
});

async function readVolume(world: OmWorld, volume: string): Promise<Outcome> {
  return await world.line.read({ kind: 'read-volume', volume });
}

function known<T>(records: ReadonlyMap<string, T>, name: string): T {
  const record = records.get(name);
  if (record === undefined) throw new Error(`no Given of this scenario made ${name}`);
  return record;
}
