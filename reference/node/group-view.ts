/** What the write path and the read path of a group may ask of their replica. */
import type { ReadContext } from '../namespace/command.js';
import type { AppliedPosition, StateView } from '../storage/state-store.js';
import type { Clock } from './clock.js';
import type { Configuration } from './configuration.js';
import type { Counters } from './counters.js';
import type { RoleView } from './leadership.js';
import type { Member } from './members.js';
import type { NodeParts } from './parts.js';

export interface GroupView {
  readonly group: string;
  readonly self: Member;
  readonly parts: NodeParts;
  readonly configuration: Configuration;
  readonly clock: Clock;
  readonly counters: Counters;
  /** Upstream reads ignore `userInfo`: in them the node's own user acts. */
  readonly readContext: ReadContext;
  /** What planners and reads see. */
  readonly state: StateView;
  readonly position: AppliedPosition;
  role(): RoleView;
  leader(): Member | undefined;
  /** Since a message of the present leader arrived; undefined when none did. */
  sinceLeaderHeardMs(): number | undefined;
  commitIndex(): number;
  /** Why no reads are served here now; undefined = they are (FR-ADMIT-6). */
  notServing(): string | undefined;
  /** Has a loop turn run soon. */
  wake(): void;
}
