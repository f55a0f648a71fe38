/**
 * Makes a node's data directory known to the other nodes before the node takes part, and keeps which directories it was told
 * of (HA-18). What the answers mean is decided by `NodeParts.judgeStanding`; here is who is asked, when, and what is kept.
 */
import type { Membership } from '../consensus/raft-group.js';
import { ReferenceFailure } from '../errors.js';
import type { Clock } from './clock.js';
import { type Member, nodeNumber } from './members.js';
import type { NodeParts } from './parts.js';
import { type Identity, memberOn, type StandingAnswer } from './standing.js';

/** Where texts are kept for good: the node's log. */
export interface Notes {
  noted(key: string): string | undefined;
  note(key: string, value: string): Promise<void>;
}

export interface RegistrationOptions {
  readonly group: string;
  readonly self: Member;
  readonly directoryPath: string;
  readonly directory: string;
  readonly parts: Pick<NodeParts, 'judgeStanding'>;
  readonly others: readonly Member[];
  /** Rejects when that node is not reached. */
  readonly ask: (node: Member) => Promise<StandingAnswer>;
  readonly clock: Clock;
}

const ASK_EVERY_MS = 100;

/** What a node with a new directory learns before it opens its group. */
export async function askAll(options: RegistrationOptions): Promise<Identity> {
  const { others, ask, parts, directory } = options;
  if (others.length === 0) return { kind: 'member', member: options.self.id, registered: true };
  const settled = await Promise.allSettled(others.map(ask));
  const answers = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  return parts.judgeStanding(answers, directory, others.length);
}

/** Why a node may not start with a directory that others do not know. */
export function refuseLost(identity: Identity, options: RegistrationOptions): void {
  const { group, self, directoryPath } = options;
  if (identity.kind === 'taken') {
    const found = `${directoryPath} is not the data directory with which ${self.node} is member ${identity.member} of group ${group}, as ${identity.by} knows it`;
    throw new ReferenceFailure('REPLICA_LOST', found);
  }
  if (identity.kind === 'no-member') {
    const found = `${directoryPath} is a new data directory, and ${identity.by} knows ${self.node} as no member of group ${group}`;
    throw new ReferenceFailure('REPLICA_LOST', found);
  }
}

export interface Registering {
  readonly registered: boolean;
  readonly appliedIndex: () => number;
  readonly leaderKnown: () => boolean;
  readonly onRegistered: () => Promise<void>;
  /** Another node knows more, and this one as no member, or as one again. */
  readonly onRemoved: (removed: boolean) => void;
  /** The cluster has admitted this node under another member id than it was opened with. */
  readonly onOtherMember: (member: number) => void;
  readonly onFatal: (error: unknown) => void;
}

/** Asks on while the node is not registered, and while it knows no leader: the removed are told nothing any more. */
export class Registration {
  readonly #options: RegistrationOptions;
  readonly #node: Registering;
  readonly #stop: () => void;
  #registered: boolean;
  #asking = false;
  #stopped = false;

  constructor(options: RegistrationOptions, node: Registering) {
    this.#options = options;
    this.#node = node;
    this.#registered = node.registered;
    this.#stop = options.clock.every(ASK_EVERY_MS, () => this.#consider());
    this.#consider();
  }

  get registered(): boolean {
    return this.#registered;
  }

  stop(): void {
    this.#stopped = true;
    this.#stop();
  }

  #consider(): void {
    if (this.#asking || (this.#registered && this.#node.leaderKnown())) return;
    this.#asking = true;
    askAll(this.#options)
      .then((identity) => (this.#stopped ? undefined : this.#learn(identity)))
      .catch((error: unknown) => this.#node.onFatal(error))
      .finally(() => {
        this.#asking = false;
      });
  }

  async #learn(identity: Identity): Promise<void> {
    if (this.#registered) {
      if (identity.kind === 'no-member' && identity.appliedIndex > this.#node.appliedIndex())
        this.#node.onRemoved(true);
      if (identity.kind === 'member') this.#node.onRemoved(identity.member !== this.#options.self.id);
      return;
    }
    refuseLost(identity, this.#options);
    if (identity.kind !== 'member') return;
    if (identity.member !== this.#options.self.id) this.#node.onOtherMember(identity.member);
    else if (identity.registered) {
      await this.#node.onRegistered();
      this.#registered = true;
    }
  }
}

/** Answers a node that asks as whom it is known: the first directory that a member id comes with is its own for good. */
export async function answerStanding(
  notes: Notes,
  asking: { readonly node: Member; readonly group: string; readonly directory: string },
  known: { readonly membership: Membership; readonly appliedIndex: number; readonly self: string },
): Promise<StandingAnswer> {
  const { appliedIndex, self: from } = known;
  const member = memberOn(nodeNumber(asking.node.id), known.membership);
  if (member === undefined) return { from, member, directory: '', appliedIndex };
  const key = `directory:${asking.group}:${member}`;
  const directory = notes.noted(key) ?? asking.directory;
  if (notes.noted(key) === undefined) await notes.note(key, directory);
  return { from, member, directory: notes.noted(key) ?? directory, appliedIndex };
}
