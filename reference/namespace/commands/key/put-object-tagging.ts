/** PutObjectTagging: gives a key the tags of the request in place of those that it has (NS-KEY-9). */
import { hadoop } from '#proto';
import { ok, refusal, Status } from '../../answers.js';
import type { OMRequest, WriteCommand } from '../../command.js';
import { changeKey } from '../../key-change.js';
import { type KeyArgs, NO_KEY_ARGS } from '../../key-info.js';
import { emptyNameFault, targetLocks } from '../../key-target.js';
import { metadataFault, storedMetadata } from '../../metadata.js';

function asked(request: OMRequest): KeyArgs {
  return request.putObjectTaggingRequest?.keyArgs ?? NO_KEY_ARGS;
}

export const putObjectTagging: WriteCommand = {
  type: hadoop.ozone.Type.PutObjectTagging,
  readClass: 'leader-only',

  validate(request) {
    const fault = metadataFault(asked(request).tags ?? []);
    const refused = fault === undefined ? undefined : refusal(Status.INVALID_REQUEST, fault);
    return emptyNameFault(asked(request)) ?? refused;
  },

  locks: (view, request) =>
    targetLocks(view, asked(request), ({ space, bucket }) => space.locks(view, bucket, asked(request).keyName)),

  plan(view, request, context) {
    const args = asked(request);
    const changed = { tags: storedMetadata(args.tags ?? []) };
    return changeKey(view, { args, changed, answer: ok({ putObjectTaggingResponse: {} }), filesOnly: true }, context);
  },
};
