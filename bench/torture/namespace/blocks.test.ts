import { describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import { answered, unanswered } from '../../../kit/assert/test/outcomes.js';
import type { Outcome } from '../../../kit/wire/outcome.js';
import { hasBlocks } from './blocks.js';

const { Type } = hadoop.ozone;
const ALL = ['CreateVolume', 'CreateBucket', 'CreateKey', 'DeleteBucket', 'DeleteVolume'];

/** A cluster that says OK but to one command; what it was asked for is kept. */
function cluster(odd: string | undefined, outcome: Outcome) {
  const asked: string[] = [];
  const ask = async ({ cmdType }: { readonly cmdType: hadoop.ozone.Type }) => {
    const command = Type[cmdType] ?? '';
    asked.push(command);
    return command === odd ? outcome : answered('OK');
  };
  return { asked, ask };
}

describe('hasBlocks', () => {
  it.each([
    ['has some where a key with a byte can be opened', undefined, true],
    ['has none where that is not safe yet', 'CreateKey', false],
  ])('%s', async (_what, odd, expected) => {
    const { asked, ask } = cluster(odd, answered('SCM_IN_SAFE_MODE'));
    expect(await hasBlocks(ask, 'v')).toBe(expected);
    expect(asked).toEqual(ALL);
  });

  it.each([
    ['CreateVolume', ['CreateVolume', 'DeleteVolume']],
    ['CreateBucket', ['CreateVolume', 'CreateBucket', 'DeleteBucket', 'DeleteVolume']],
    ['CreateKey', ALL],
    ['DeleteBucket', ALL],
    ['DeleteVolume', ALL],
  ])('is not told where %s is refused, and nothing is left that can be removed', async (odd, expected) => {
    const { asked, ask } = cluster(odd, answered('INTERNAL_ERROR', {}, { message: 'no disk' }));
    await expect(hasBlocks(ask, 'v')).rejects.toThrow(/ of v: expected OK.*, found INTERNAL_ERROR: no disk$/);
    expect(asked).toEqual(expected);
  });

  it('is not told where the question is not answered', async () => {
    const { asked, ask } = cluster('CreateKey', unanswered('deadline'));
    await expect(hasBlocks(ask, 'v')).rejects.toThrow(
      'open-key of v: expected OK or SCM_IN_SAFE_MODE, found no answer (deadline)',
    );
    expect(asked).toEqual(ALL);
  });

  it('tells of the first refusal, not of what followed from it', async () => {
    const ask = async () => answered('PERMISSION_DENIED');
    await expect(hasBlocks(ask, 'v')).rejects.toThrow(/create-volume of v/);
  });
});
