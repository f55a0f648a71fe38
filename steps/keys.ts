/** Steps: keys, and what they hold. */
import { Then, When } from '@cucumber/cucumber';
import { assertContent } from '../kit/assert/key-content.js';
import type { KeyPlace } from '../kit/scenario/operations/key.js';
import { writeKey } from '../kit/scenario/written-key.js';
import { judge } from './judge.js';
import type { OmWorld } from './world.js';

When('the client writes {key} with content {string}', async function (this: OmWorld, place: KeyPlace, content: string) {
  await write(this, place, content);
});

Then('{key} has content {string}', async function (this: OmWorld, place: KeyPlace, content: string) {
  const read = await this.line.read({ kind: 'read-key', ...place });
  await judge(this, [read], () => assertContent(read, place.key, content));
});

async function write(world: OmWorld, place: KeyPlace, content: string): Promise<void> {
  world.leader = await world.line.leader();
  world.outcomes = (await writeKey(world.line, place, content)).slice(-1);
}
