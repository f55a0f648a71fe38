/**
 * What this project adds to upstream's protocol, as docs/spec/wire-binding.md §4 defines it. Anything else in `proto/` that
 * `wire-contract.json` does not have is a mistake.
 */

/** `type name = number`, with `required` or `repeated` in front of all but optional ones; enum values as `name = number`. */
type Lines = readonly string[];

const ENVELOPE = [
  'uint32 envelopeVersion = 1001',
  'uint64 planTerm = 1002',
  'uint64 planTimeMs = 1003',
  'string clientId = 1004',
  'uint64 callId = 1005',
  'bytes requestDigest = 1006',
];

/** Fields and values added to messages and enums of upstream, by full name. */
export const ADDED_MEMBERS: Readonly<Record<string, Lines>> = {
  'hadoop.ozone.Type': ['Msync = 1001'],
  'hadoop.ozone.OMRequest': [
    'hadoop.ozone.BatchedStateTransitions batchedStateTransitions = 200',
    'hadoop.ozone.MsyncRequest msyncRequest = 1001',
    'hadoop.hdds.UUID raftGroupId = 1002',
    'hadoop.ozone.EntryContext entryContext = 1003',
  ],
  'hadoop.ozone.OMResponse': ['hadoop.ozone.MsyncResponse msyncResponse = 1001'],
  'hadoop.ozone.BucketInfo': ['hadoop.hdds.UUID raftGroup = 1001'],
};

/** Whole messages and enums that upstream does not have. */
export const ADDED_TYPES: Readonly<Record<string, Lines>> = {
  'hadoop.ozone.MsyncRequest': ['repeated hadoop.hdds.UUID groups = 1'],
  'hadoop.ozone.MsyncResponse': ['required uint64 lastAppliedIndex = 1', 'repeated hadoop.ozone.GroupIndex groups = 2'],
  'hadoop.ozone.GroupIndex': ['required hadoop.hdds.UUID group = 1', 'required uint64 lastAppliedIndex = 2'],
  'hadoop.ozone.EntryContext': [...ENVELOPE, 'int64 managedIndex = 1007'],
  'hadoop.ozone.Operation': [
    'required hadoop.ozone.Operation.Kind kind = 1',
    'bytes column_family = 2',
    'bytes key = 3',
    'bytes value = 4',
    'uint32 merge_operator_id = 5',
  ],
  'hadoop.ozone.Operation.Kind': ['PUT = 1', 'DELETE = 2', 'MERGE = 3', 'CHECKPOINT = 4'],
  'hadoop.ozone.Batch': ['repeated hadoop.ozone.Operation ops = 1'],
  'hadoop.ozone.ReplicatedStateTransition': [
    'required int64 managedIndex = 1',
    'required hadoop.ozone.Batch batch = 2',
    'required hadoop.ozone.OMResponse response = 3',
    'required hadoop.ozone.Type cmdType = 4',
    ...ENVELOPE,
  ],
  'hadoop.ozone.BatchedStateTransitions': ['repeated hadoop.ozone.ReplicatedStateTransition transitions = 1'],
};
