/** Steps: a cluster that loses everything and is another one afterwards, and what clients are told of that. */
import { Then, When } from '@cucumber/cucumber';
import { assertOtherCluster, assertSameCluster } from '../kit/assert/cluster-told.js';
import type { OmWorld } from './world.js';

When('the cluster is reformatted', async function (this: OmWorld) {
  this.leader = await this.faults.reformat();
  this.line.remember(this.leader);
});

Then(
  'client {string} is told of another cluster than client {string}',
  function (this: OmWorld, one: string, other: string) {
    assertOtherCluster(this.clients.taught(one), this.clients.taught(other));
  },
);

Then(
  'client {string} is told of the same cluster as client {string}',
  function (this: OmWorld, one: string, other: string) {
    assertSameCluster(this.clients.taught(one), this.clients.taught(other));
  },
);
