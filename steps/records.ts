/** Steps: what is there before, and how it reads afterwards: volumes, buckets, keys and directories alike. */
import { Given, Then } from '@cucumber/cucumber';
import { keyIn } from '../kit/assert/key-read.js';
import { assertMissing } from '../kit/assert/missing.js';
import { directoryIn } from '../kit/assert/status-read.js';
import {
  assertBucketUnchanged,
  assertDirectoryUnchanged,
  assertKeyUnchanged,
  assertVolumeUnchanged,
} from '../kit/assert/unchanged.js';
import { bucketIn, volumeIn } from '../kit/assert/volume-read.js';
import { bringAbout, bringAboutKey, readGiven } from '../kit/scenario/given.js';
import type { NamespaceOperation, Operation } from '../kit/scenario/operation.js';
import type { KeyPlace } from '../kit/scenario/operations/key.js';
import { judge } from './judge.js';
import type { WrittenKey } from './words/keys.js';
import { plainVolume } from './words/volumes.js';
import type { Subject } from './words.js';
import type { OmWorld } from './world.js';

Given('{what is there}', async function (this: OmWorld, writes: readonly (NamespaceOperation | WrittenKey)[]) {
  const keys = writes.filter((write) => write.kind === 'written-key');
  // Keys that one step names are in nobody's way.
  await Promise.all(keys.map((key) => makeKey(this, key)));
  for (const { volume, bucket } of keys.slice(-1)) {
    await remember(this, { kind: 'read-bucket', volume, bucket });
    await remember(this, { kind: 'read-volume', volume });
  }
  for (const write of writes) {
    if (write.kind === 'written-key') continue;
    if (write.kind === 'create-bucket') await makeBucket(this, write);
    else if (write.kind === 'create-directory') await makeDirectory(this, write);
    else await bringAbout(this.line, write);
    // What stands in something counts there: that is read again too.
    await remember(this, { kind: 'read-volume', volume: write.volume });
  }
});

Then('{what is read} is as it was', async function (this: OmWorld, subject: Subject) {
  const read = await this.line.read(subject);
  await judge(this, [read], () => {
    switch (subject.kind) {
      case 'read-volume':
        return assertVolumeUnchanged(read, this.volumes.known(subject));
      case 'read-bucket':
        return assertBucketUnchanged(read, this.buckets.known(subject));
      case 'read-key':
        return assertKeyUnchanged(read, this.keys.known(subject));
      case 'read-status':
        return assertDirectoryUnchanged(read, subject.key, this.directories.known(subject));
    }
  });
});

Then('{what is read} is missing', async function (this: OmWorld, subject: Subject) {
  const read = await this.line.read(subject);
  await judge(this, [read], () => assertMissing(read, nameOf(subject)));
});

/** A bucket of a volume that no step named brings that volume with it. */
async function makeBucket(world: OmWorld, write: Extract<Operation, { kind: 'create-bucket' }>): Promise<void> {
  if (!world.volumes.has(write)) await bringAbout(world.line, plainVolume(write.volume));
  await bringAbout(world.line, write);
  await remember(world, { kind: 'read-bucket', volume: write.volume, bucket: write.bucket });
}

async function makeKey(world: OmWorld, { kind: _kind, volume, bucket, key, ...said }: WrittenKey): Promise<void> {
  await bringAboutKey(world.line, { volume, bucket, key }, said);
  await remember(world, { kind: 'read-key', volume, bucket, key });
}

async function makeDirectory(world: OmWorld, place: KeyPlace): Promise<void> {
  const { volume, bucket, key } = place;
  await bringAbout(world.line, { kind: 'create-directory', volume, bucket, key });
  await remember(world, { kind: 'read-status', volume, bucket, key });
  await remember(world, { kind: 'read-bucket', volume, bucket });
}

async function remember(world: OmWorld, subject: Subject): Promise<void> {
  switch (subject.kind) {
    case 'read-volume':
      return world.volumes.set(subject, await readGiven(world.line, subject, volumeIn));
    case 'read-bucket':
      return world.buckets.set(subject, await readGiven(world.line, subject, bucketIn));
    case 'read-key':
      return world.keys.set(subject, await readGiven(world.line, subject, keyIn));
    case 'read-status':
      return world.directories.set(subject, await readGiven(world.line, subject, directoryIn));
  }
}

function nameOf(subject: Subject): string {
  switch (subject.kind) {
    case 'read-volume':
      return `volume ${subject.volume}`;
    case 'read-bucket':
      return `bucket ${subject.bucket}`;
    case 'read-key':
      return `key ${subject.key}`;
    case 'read-status':
      return `directory ${subject.key}`;
  }
}
