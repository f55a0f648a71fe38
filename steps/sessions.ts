/** Steps: keys that are opened and committed, session by session. */
import { Given, When } from '@cucumber/cucumber';
import { bringAbout } from '../kit/scenario/given.js';
import type { KeyPlace, KeySaid } from '../kit/scenario/operations/key.js';
import type { Session } from '../kit/scenario/sessions.js';
import { clientIdIn, writtenIn } from '../kit/scenario/written-key.js';
import type { Outcome } from '../kit/wire/outcome.js';
import { named } from './parameters.js';
import { EXPECTATION, type Expectation, readExpectation } from './words/expectations.js';
import type { NewFile } from './words/files.js';
import type { OmWorld } from './world.js';

type KeyWith = KeyPlace & KeySaid;

named('expectation', EXPECTATION, readExpectation);

Given('session {string} of {key with}', async function (this: OmWorld, word: string, key: KeyWith) {
  await begin(this, word, key);
});

Given(
  'session {string} of {key with}, expecting {expectation}',
  async function (this: OmWorld, word: string, key: KeyWith, expectation: Expectation) {
    await begin(this, word, key, expectation);
  },
);

When('the client opens {key with} as session {string}', async function (this: OmWorld, key: KeyWith, word: string) {
  await open(this, word, key);
});

When(
  'the client opens {key with} as session {string}, expecting {expectation}',
  async function (this: OmWorld, key: KeyWith, word: string, expectation: Expectation) {
    await open(this, word, key, expectation);
  },
);

When('the client creates {new file} as session {string}', async function (this: OmWorld, file: NewFile, word: string) {
  this.leader = await this.line.leader();
  const opened = await this.line.send(file);
  this.outcomes = [opened];
  this.sessions.set(word, sessionOf(file, opened));
});

When('the client commits session {string}', async function (this: OmWorld, word: string) {
  await commit(this, word, this.sessions.named(word).place);
});

When(
  'the client commits session {string} with {int} byte(s)',
  async function (this: OmWorld, word: string, bytes: number) {
    await commit(this, word, this.sessions.named(word).place, BigInt(bytes));
  },
);

When('the client commits session {string} as {key}', async function (this: OmWorld, word: string, place: KeyPlace) {
  await commit(this, word, place);
});

// NS-QTA-2 alone asks for more blocks than a session begins with.
When('the client allocates a block for session {string}', async function (this: OmWorld, word: string) {
  const { place, clientId } = this.sessions.named(word);
  if (clientId === undefined) return;
  this.leader = await this.line.leader();
  this.outcomes = [await this.line.send({ kind: 'allocate-block', ...place, clientId })];
});

async function begin(world: OmWorld, word: string, key: KeyWith, expectation?: Expectation): Promise<void> {
  const opened = await bringAbout(world.line, { kind: 'open-key', ...key, ...expected(world, key, expectation) });
  world.sessions.set(word, sessionOf(key, opened));
}

async function open(world: OmWorld, word: string, key: KeyWith, expectation?: Expectation): Promise<void> {
  world.leader = await world.line.leader();
  const opened = await world.line.send({ kind: 'open-key', ...key, ...expected(world, key, expectation) });
  world.outcomes = [opened];
  world.sessions.set(word, sessionOf(key, opened));
}

async function commit(world: OmWorld, word: string, place: KeyPlace, written?: bigint): Promise<void> {
  const { clientId, opened, bytes } = world.sessions.named(word);
  // Nothing was opened: the answer to the opening stands for what came of it.
  if (clientId === undefined) return;
  world.leader = await world.line.leader();
  const said = writtenIn(opened, written ?? bytes);
  world.outcomes = [await world.line.send({ kind: 'commit-key', ...place, clientId, ...said })];
}

function sessionOf(key: KeyPlace & { readonly bytes?: bigint }, opened: Outcome): Session {
  return { place: placeOf(key), clientId: clientIdIn(opened), opened, bytes: key.bytes };
}

function expected(world: OmWorld, key: KeyPlace, expectation: Expectation | undefined) {
  return expectation === undefined ? {} : { expectedGeneration: generation(world, key, expectation) };
}

function generation(world: OmWorld, key: KeyPlace, expectation: Expectation): bigint {
  switch (expectation.of) {
    case 'no key':
      return 0n;
    case 'the key as it was':
      return (world.keys.known(key).updateID ?? 0n) + expectation.later;
    case 'generation':
      return expectation.generation;
  }
}

function placeOf({ volume, bucket, key }: KeyPlace): KeyPlace {
  return { volume, bucket, key };
}
