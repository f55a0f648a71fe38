/** Steps: keys, and what they hold. */
import { Then, When } from '@cucumber/cucumber';
import { assertSaid, assertTagsRead } from '../kit/assert/key-content.js';
import { assertSameKey } from '../kit/assert/key-kept.js';
import type { KeyPlace, KeySaid } from '../kit/scenario/operations/key.js';
import { writeKey } from '../kit/scenario/written-key.js';
import { judge } from './judge.js';
import { named } from './parameters.js';
import { KEY_PART, readKeyPart } from './words/key-parts.js';
import type { OmWorld } from './world.js';

named('key part', KEY_PART, readKeyPart);

When(
  'the client writes {key with}',
  async function (this: OmWorld, { volume, bucket, key, ...said }: KeyPlace & KeySaid) {
    this.leader = await this.line.leader();
    this.outcomes = [await writeKey(this.line, { volume, bucket, key }, said)];
  },
);

Then('{key} has content {string}', async function (this: OmWorld, place: KeyPlace, content: string) {
  const read = await this.line.read({ kind: 'read-key', ...place });
  await judge(this, [read], () => assertSaid(read, place.key, { content }));
});

Then('{key} carries {key part}', async function (this: OmWorld, place: KeyPlace, said: KeySaid) {
  const read = await this.line.read({ kind: 'read-key', ...place });
  await judge(this, [read], () => assertSaid(read, place.key, said));
});

Then('{key} is what {key} was', async function (this: OmWorld, now: KeyPlace, before: KeyPlace) {
  const read = await this.line.read({ kind: 'read-key', ...now });
  await judge(this, [read], () => assertSameKey(read, now.key, this.keys.known(before)));
});

// Tags alone have a read of their own.
Then('the answer carries {key part}', async function (this: OmWorld, { tags = [] }: KeySaid) {
  await judge(this, this.outcomes, () => {
    for (const outcome of this.outcomes) assertTagsRead(outcome, tags);
  });
});
