/** Steps: listings at followers, of names that come and go (RC-5). */
import { Then, When } from '@cucumber/cucumber';
import { assertListedAfter } from '../kit/assert/listed-after.js';
import { assertListed } from '../kit/assert/listing.js';
import { EnvironmentError } from '../kit/failure.js';
import { changeAndList, type Listed } from '../kit/scenario/listed-rounds.js';
import { nodesInRole } from '../kit/scenario/node-role.js';
import type { BucketPlace } from '../kit/scenario/operations/bucket.js';
import { WHOLE_PAGE } from '../kit/scenario/operations/kinds.js';
import { writeKey } from '../kit/scenario/written-key.js';
import { judge } from './judge.js';
import { type NodeRole, oneOf } from './parameters.js';
import type { OmWorld } from './world.js';

const MANNERS = ['in full', 'in short', 'level by level'] as const;
type Manner = (typeof MANNERS)[number];
oneOf<Manner>('manner', MANNERS);

// One outline with every way of listing keys.
When(
  '{int} clients make and delete keys of {bucket} {int} times each and list them {manner} on {node role}',
  async function (this: OmWorld, clients: number, place: BucketPlace, times: number, manner: Manner, role: NodeRole) {
    await listThere(this, keysOf(this, place, manner), { clients, times, role });
  },
);

// Buckets are made in one request, and are listed in one way.
When(
  '{int} clients make and delete buckets of {volume} {int} times each and list them on {node role}',
  async function (this: OmWorld, clients: number, volume: string, times: number, role: NodeRole) {
    const bucket = (name: string) => this.names.bucket(name);
    const listed: Listed = {
      make: (name) => this.line.send({ kind: 'create-bucket', volume, bucket: bucket(name) }),
      remove: (name) => ({ kind: 'delete-bucket', volume, bucket: bucket(name) }),
      listing: { kind: 'list-buckets', volume },
      shown: bucket,
    };
    await listThere(this, listed, { clients, times, role });
  },
);

Then('every listing shows what was acknowledged before it', async function (this: OmWorld) {
  const { listings = [], unacknowledged = [] } = this.listedRounds ?? {};
  if (listings.length === 0)
    throw new EnvironmentError('GIVEN_NOT_MET', `none of ${unacknowledged.length} writes was acknowledged`);
  const pages = listings.map(({ page }) => page);
  await judge(this, pages, () => assertListedAfter(listings));
});

Then('the listing holds {listed}', async function (this: OmWorld, names: readonly string[]) {
  await judge(this, this.outcomes, () => assertListed(this.outcomes, names));
});

/** In a bucket that is a tree the keys stand in a directory, so that a level is one of several. */
function keysOf(world: OmWorld, place: BucketPlace, manner: Manner): Listed {
  const folder = manner === 'level by level' ? 'dir' : undefined;
  const key = (name: string) => (folder === undefined ? name : `${folder}/${name}`);
  return {
    make: (name) => writeKey(world.line, { ...place, key: key(name) }),
    remove: (name) => ({ kind: 'delete-key', ...place, key: key(name) }),
    listing: listingOf(place, manner, folder),
    shown: key,
  };
}

function listingOf(place: BucketPlace, manner: Manner, folder = ''): Listed['listing'] {
  switch (manner) {
    case 'in full':
      return { kind: 'list-keys', ...place, count: WHOLE_PAGE };
    case 'in short':
      return { kind: 'list-keys-light', ...place, count: WHOLE_PAGE };
    case 'level by level':
      return { kind: 'list-status', ...place, key: folder };
  }
}

async function listThere(
  world: OmWorld,
  listed: Listed,
  { clients, times, role }: { readonly clients: number; readonly times: number; readonly role: NodeRole },
): Promise<void> {
  const nodes = nodesInRole(role, world.line.nodes, await world.knownLeader());
  world.listedRounds = await changeAndList(world.line, listed, { nodes, clients, times });
}
