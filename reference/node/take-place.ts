/**
 * As which member a node takes part when it starts: the one that its data directory says, or, with a new directory, the one that
 * the others know it as, if they do not know it by another directory (HA-18, design §4.19).
 */
import { ReferenceFailure } from '../errors.js';
import type { DataDirectory } from '../storage/data-directory.js';
import { type Member, type Members, nodeNumber } from './members.js';
import type { NodeOptions } from './node-options.js';
import type { PeerNetwork } from './peer-port.js';
import { askAll, type RegistrationOptions, refuseLost } from './registration.js';

export const MAIN = 'main';
/** The id of the data directory itself, made with it. */
const DIRECTORY_NOTE = 'directory';

/** As which member, and whether the others know its data directory already. */
export interface Taking {
  readonly self: Member;
  readonly members: Members;
  readonly registered: boolean;
  readonly asking: RegistrationOptions;
}

/**
 * A node that was a member goes on as that member. One with a new directory asks the others first; while it reaches nobody it
 * takes itself for a founder, silently. @throws ReferenceFailure `MEMBER_CHANGED`, `REPLICA_LOST`
 */
export async function takePlace(
  options: NodeOptions,
  data: DataDirectory,
  members: Members,
  founder: Member,
  network: PeerNetwork,
): Promise<Taking> {
  const { log } = data;
  const known = log.noted(DIRECTORY_NOTE);
  const directory = known ?? Buffer.from(options.random(16)).toString('hex');
  if (known === undefined) await log.note(DIRECTORY_NOTE, directory);
  const asking: RegistrationOptions = {
    ...{ group: MAIN, self: founder, directoryPath: options.dataDirectory, directory },
    ...{ parts: options.parts, clock: options.clock },
    others: members.all.filter(({ node }) => node !== founder.node),
    ask: (node) => network.standing(node, MAIN, directory),
  };
  const recorded = log.member(MAIN);
  if (recorded !== undefined) {
    if (nodeNumber(recorded) !== founder.id) {
      const found = `${founder.node} is member ${recorded} of group ${MAIN} in its data directory, the named nodes make it ${founder.id}`;
      throw new ReferenceFailure('MEMBER_CHANGED', found);
    }
    const self = { ...founder, id: recorded };
    return { self, members, registered: true, asking: { ...asking, self } };
  }
  const identity = await askAll(asking);
  refuseLost(identity, asking);
  const self = identity.kind === 'member' ? { ...founder, id: identity.member } : founder;
  const registered = identity.kind === 'member' && identity.registered;
  if (registered) await log.assignMember(MAIN, self.id);
  return { self, members, registered, asking: { ...asking, self } };
}
