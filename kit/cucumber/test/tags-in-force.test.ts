import { expect, test } from 'vitest';
import { readWritten } from '../../spec/test/written.js';
import { tagsInForce } from '../tags-in-force.js';

const FEATURE = `@ha @stage:plain
Feature: HA - stages

  @HA-1 @must @stage:read-consistency
  Rule: HA-1 It holds

    Example: inherits
      Given a

    @needs:status
    Example: inherits beside a tag of its own
      Given a

    @stage:follower-reads
    Example: names its stage
      Given a

    Scenario Outline: names one for <some>
      Given <some>

      Examples:
        | some |
        | a    |

      @stage:all @stage:multi-raft
      Examples: others
        | some |
        | b    |
`;

test('a scenario that names a stage runs in that one, and inherits all other tags', async () => {
  const { pickles, documents } = await readWritten({ 'features/a.feature': FEATURE });
  const [document] = documents;
  if (document === undefined) throw new Error('the feature was not read');
  const tags = pickles.map((pickle) => [pickle.name, tagsInForce(pickle, document).join(' ')]);
  expect(tags).toEqual([
    ['inherits', '@ha @stage:plain @HA-1 @must @stage:read-consistency'],
    ['inherits beside a tag of its own', '@ha @stage:plain @HA-1 @must @stage:read-consistency @needs:status'],
    ['names its stage', '@ha @HA-1 @must @stage:follower-reads'],
    ['names one for a', '@ha @stage:plain @HA-1 @must @stage:read-consistency'],
    ['names one for b', '@ha @HA-1 @must @stage:all @stage:multi-raft'],
  ]);
});
