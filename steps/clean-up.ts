/** After every scenario: nodes that it ended or held back come back, and what it made outside the run's own names goes. */
import { After } from '@cucumber/cucumber';
import type { OmWorld } from './world.js';

After(async function (this: OmWorld) {
  if (!this.begun) return;
  await this.faults.putBack();
  await this.members.putBack();
  for (const volume of this.strays) await this.line.send({ kind: 'delete-volume', volume });
});
