/** Every mutant there is, in the order of the rules. */
import { ADMISSION } from './fr/admission.js';
import { CHANGED_ROLES } from './fr/changed-roles.js';
import { COMMANDS_IN_CLASSES } from './fr/classes.js';
import { CLUSTERS } from './fr/clusters.js';
import { EXCEPTIONAL_IDS } from './fr/exceptional-ids.js';
import { GUARANTEES } from './fr/guarantees.js';
import { MSYNCS } from './fr/msyncs.js';
import { PLACES } from './fr/places.js';
import { RESTARTS } from './fr/restarts.js';
import { STATE_IDS } from './fr/state-ids.js';
import { VECTORS } from './fr/vectors.js';
import { WAITING } from './fr/waiting.js';
import { LEADERSHIP_CHANGES } from './ha/changes.js';
import { DURABILITY } from './ha/durability.js';
import { LEADERSHIP } from './ha/leadership.js';
import { LOST_MAJORITY } from './ha/lost-majority.js';
import { MEMBERS } from './ha/members.js';
import { POWER_LOSS } from './ha/power-loss.js';
import { TRANSFER_LOAD } from './ha/transfer-load.js';
import { CALLS } from './le-retry/calls.js';
import type { Mutant } from './mutant.js';
import { BUCKET_CHANGES } from './ns-bkt/changes.js';
import { BUCKET_CONTENTS } from './ns-bkt/contents.js';
import { BUCKET_CREATION } from './ns-bkt/creation.js';
import { LINKS } from './ns-bkt/links.js';
import { BUCKET_LISTING } from './ns-bkt/listing.js';
import { DIRECTORY_MUTANTS } from './ns-fso/directories.js';
import { PURGING_MUTANTS } from './ns-fso/purging.js';
import { STATUS_MUTANTS } from './ns-fso/statuses.js';
import { KEY_CHANGES } from './ns-key/changes.js';
import { KEY_LISTINGS } from './ns-key/listings.js';
import { KEY_NAMES } from './ns-key/names.js';
import { KEY_SESSIONS } from './ns-key/sessions.js';
import { QUOTAS } from './ns-qta/quotas.js';
import { USE } from './ns-qta/use.js';
import { CHANGES } from './ns-vol/changes.js';
import { CREATION } from './ns-vol/creation.js';
import { LISTING } from './ns-vol/listing.js';
import { CLOCKS } from './rc/clocks.js';
import { CLASSES } from './rc/commands.js';
import { HINTS } from './rc/hints.js';
import { READ_HISTORIES } from './rc/histories.js';
import { LEASES } from './rc/leases.js';
import { FOLLOWER_LISTINGS } from './rc/listings.js';
import { LOST_LEADERS } from './rc/lost-leaders.js';
import { ANSWERS } from './w/answers.js';
import { CALL_MUTANTS } from './w/calls.js';
import { COMMAND_MUTANTS } from './w/commands.js';
import { IDENTITY } from './w/identity.js';
import { MESSAGES } from './w/messages.js';

export const MUTANTS: readonly Mutant[] = [
  ...ANSWERS,
  ...MESSAGES,
  ...COMMAND_MUTANTS,
  ...CALL_MUTANTS,
  ...IDENTITY,
  ...CREATION,
  ...CHANGES,
  ...LISTING,
  ...BUCKET_CREATION,
  ...BUCKET_LISTING,
  ...BUCKET_CHANGES,
  ...BUCKET_CONTENTS,
  ...LINKS,
  ...KEY_SESSIONS,
  ...KEY_CHANGES,
  ...KEY_LISTINGS,
  ...KEY_NAMES,
  ...DIRECTORY_MUTANTS,
  ...PURGING_MUTANTS,
  ...STATUS_MUTANTS,
  ...USE,
  ...QUOTAS,
  ...LEADERSHIP,
  ...DURABILITY,
  ...TRANSFER_LOAD,
  ...LOST_MAJORITY,
  ...MEMBERS,
  ...POWER_LOSS,
  ...LEADERSHIP_CHANGES,
  ...CLOCKS,
  ...HINTS,
  ...READ_HISTORIES,
  ...LOST_LEADERS,
  ...LEASES,
  ...FOLLOWER_LISTINGS,
  ...CLASSES,
  ...STATE_IDS,
  ...EXCEPTIONAL_IDS,
  ...RESTARTS,
  ...CLUSTERS,
  ...VECTORS,
  ...ADMISSION,
  ...COMMANDS_IN_CLASSES,
  ...CHANGED_ROLES,
  ...WAITING,
  ...PLACES,
  ...MSYNCS,
  ...GUARANTEES,
  ...CALLS,
];
