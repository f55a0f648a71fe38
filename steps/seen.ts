/** Steps: what was seen where nothing is demanded. They never fail for what an implementation does. */
import { Then } from '@cucumber/cucumber';
import { ownerSeen } from '../kit/assert/seen.js';
import { SEEN_MEDIA_TYPE, type SeenRecord } from '../kit/verdict/failure-record.js';
import type { OmWorld } from './world.js';

Then(
  'the report says whether {volume} of {string} is shown, of {string}, or none',
  function (this: OmWorld, _volume: string, before: string, after: string) {
    for (const outcome of this.outcomes) {
      const record: SeenRecord = { seen: ownerSeen(outcome, before, after) };
      this.attach(JSON.stringify(record), SEEN_MEDIA_TYPE);
    }
  },
);
