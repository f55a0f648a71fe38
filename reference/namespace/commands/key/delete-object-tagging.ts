/** DeleteObjectTagging: takes all tags from a key (NS-KEY-9). */
import { hadoop } from '#proto';
import { ok } from '../../answers.js';
import type { OMRequest, WriteCommand } from '../../command.js';
import { changeKey } from '../../key-change.js';
import { type KeyArgs, NO_KEY_ARGS } from '../../key-info.js';
import { emptyNameFault, targetLocks } from '../../key-target.js';

function asked(request: OMRequest): KeyArgs {
  return request.deleteObjectTaggingRequest?.keyArgs ?? NO_KEY_ARGS;
}

export const deleteObjectTagging: WriteCommand = {
  type: hadoop.ozone.Type.DeleteObjectTagging,
  readClass: 'leader-only',

  validate: (request) => emptyNameFault(asked(request)),

  locks: (view, request) =>
    targetLocks(view, asked(request), ({ space, bucket }) => space.locks(view, bucket, asked(request).keyName)),

  plan: (view, request, context) =>
    changeKey(
      view,
      { args: asked(request), changed: { tags: [] }, answer: ok({ deleteObjectTaggingResponse: {} }), filesOnly: true },
      context,
    ),
};
