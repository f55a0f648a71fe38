/** Steps: keys, and what they hold. */
import { Then, When } from '@cucumber/cucumber';
import { assertContent } from '../kit/assert/key-content.js';
import type { KeyPlace, KeySaid } from '../kit/scenario/operations/key.js';
import { writeKey } from '../kit/scenario/written-key.js';
import { judge } from './judge.js';
import type { OmWorld } from './world.js';

When(
  'the client writes {key with}',
  async function (this: OmWorld, { volume, bucket, key, ...said }: KeyPlace & KeySaid) {
    this.leader = await this.line.leader();
    this.outcomes = (await writeKey(this.line, { volume, bucket, key }, said)).slice(-1);
  },
);

Then('{key} has content {string}', async function (this: OmWorld, place: KeyPlace, content: string) {
  const read = await this.line.read({ kind: 'read-key', ...place });
  await judge(this, [read], () => assertContent(read, place.key, content));
});
