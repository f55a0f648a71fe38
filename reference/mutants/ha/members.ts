/** Members that forget, come back as what they were, or count too early (HA-18, HA-20). */
import { memberId } from '../../node/members.js';
import { memberOn } from '../../node/standing.js';
import type { Mutant } from '../mutant.js';

export const MEMBERS: readonly Mutant[] = [
  {
    kind: 'policy',
    id: 'ha-18-old-identity-starts',
    wrong: 'A node with an empty data directory starts as the member that the others know by another one, and waits.',
    breaks: { 'HA-18': 'refuses-old-identity' },
    parts: (right) => ({
      ...right,
      judgeStanding: (answers, directory, others) => {
        const identity = right.judgeStanding(answers, directory, others);
        return identity.kind === 'taken' ? { kind: 'unknown' } : identity;
      },
    }),
  },
  {
    kind: 'patch',
    id: 'ha-18-the-lost-count-as-having-it',
    wrong: 'The leader answers a write when it has sent it to the others, whether or not they are still who they were.',
    breaks: { 'HA-18': 'not-acknowledged' },
    file: 'reference/node/write-path.ts',
    search: 'this.#proposed.set(write.index, write);',
    replace: `this.#proposed.set(write.index, write);
      if (write.planned !== undefined) this.#open.answer(write, write.planned.answer, this.#view.self.node);`,
  },
  {
    kind: 'policy',
    id: 'ha-18-no-member-starts-all-the-same',
    wrong: 'A node that was removed and has lost its data starts again, and waits.',
    breaks: { 'HA-18': 'refuses-old-identity' },
    parts: (right) => ({
      ...right,
      judgeStanding: (answers, directory, others) => {
        const identity = right.judgeStanding(answers, directory, others);
        return identity.kind === 'no-member' ? { kind: 'unknown' } : identity;
      },
    }),
  },
  {
    kind: 'patch',
    id: 'ha-18-refusal-without-directory',
    wrong: 'A node that refuses to start with another data directory does not say with which.',
    breaks: { 'HA-18': 'refuses-old-identity' },
    file: 'reference/node/registration.ts',
    search: 'const { group, self, directoryPath } = options;',
    replace: `const { group, self } = options;
  const directoryPath = 'this';`,
  },
  {
    kind: 'patch',
    id: 'ha-18-status-tells-the-node',
    wrong: 'The status of a node shows its number for the id of its replica, the same after each admission.',
    breaks: { 'HA-18': 'new-member-id' },
    file: 'reference/node/group-state.ts',
    search: 'member: self.id,',
    replace: 'member: self.id % 4096,',
  },
  {
    kind: 'policy',
    id: 'ha-18-a-spare-id-for-each-node',
    wrong:
      'A node has a second member id for when it is admitted again, is given the same one the next time, and may start with any directory.',
    breaks: { 'HA-18': 'new-member-id' },
    parts: (right) => ({
      ...right,
      judgeChange: (view) => {
        const decision = right.judgeChange(view);
        const admitted = decision.kind === 'propose' && decision.type === 'learner';
        return admitted ? { ...decision, member: memberId(view.number, 1) } : decision;
      },
      judgeStanding: (answers, directory, others) => {
        const identity = right.judgeStanding(answers, directory, others);
        return identity.kind === 'taken' ? { kind: 'member', member: identity.member, registered: true } : identity;
      },
    }),
  },
  {
    kind: 'policy',
    id: 'ha-18-promoted-before-it-has-caught-up',
    wrong: 'A learner becomes a voter when it is asked for, whatever it has of the log.',
    breaks: { 'HA-18': 'change-refused' },
    parts: (right) => ({
      ...right,
      judgeChange: (view) => {
        const decision = right.judgeChange(view);
        const member = memberOn(view.number, view.membership);
        return decision.kind === 'wait' && member !== undefined ? { kind: 'propose', type: 'voter', member } : decision;
      },
    }),
  },
  {
    kind: 'patch',
    id: 'ha-18-snapshot-without-the-newcomer',
    wrong: 'No snapshot is taken after a change of the membership: a newcomer ignores the one that does not name it.',
    breaks: { 'HA-18': 'admitted-anew' },
    file: 'reference/node/snapshots.ts',
    search: 'if (changed || parts.snapshotDue(view, limits))',
    replace: 'if (!changed && parts.snapshotDue(view, limits))',
  },
  {
    kind: 'patch',
    id: 'ha-18-named-nodes-are-the-members',
    wrong: 'A node that starts takes the nodes that it is given for the members of the group.',
    breaks: { 'HA-18': 'members-known' },
    file: 'reference/node/open-group.ts',
    search: 'const position = opened.index === 0 ? { ...opened, membership: stored.snapshot.membership } : opened;',
    replace: `const voters = members.all.map(({ id }) => id);
  const position = { ...opened, membership: { ...stored.snapshot.membership, voters, learners: [] } };`,
  },
  {
    kind: 'patch',
    id: 'ha-18-a-removed-node-serves-what-it-has',
    wrong: 'A node that was removed answers reads from its own state.',
    breaks: { 'HA-18': 'serves-nothing' },
    file: 'reference/node/om-dispatch.ts',
    search: 'if (outside !== undefined) {',
    replace: `const asked = this.#parts.commandFor(call.request);
    if (outside !== undefined && !isWrite(asked) && !isForNode(asked)) {
      const { state, readContext } = this.#main;
      call.reply({ kind: 'answer', answer: asked.answer(state, call.request, readContext) });
      return;
    }
    if (outside !== undefined) {`,
  },
  {
    kind: 'policy',
    id: 'ha-20-admitted-as-a-voter',
    wrong: 'A node that is admitted as a learner votes from the beginning.',
    breaks: { 'HA-20': 'not-acknowledged', 'HA-18': 'change-refused' },
    parts: (right) => ({
      ...right,
      judgeChange: (view) => {
        if (view.change !== 'add-learner') return right.judgeChange(view);
        const member = memberOn(view.number, view.membership);
        if (member !== undefined) return { kind: 'done', member };
        return { kind: 'propose', type: 'voter', member: memberId(view.number, view.appliedIndex) };
      },
    }),
  },
  {
    kind: 'patch',
    id: 'ha-20-writes-wait-for-the-learner',
    wrong: 'The leader applies, and so answers, only what its learners hold too.',
    breaks: { 'HA-20': 'acknowledged' },
    file: 'reference/node/replica.ts',
    search: 'const applied = this.apply.run();',
    replace: `const { commit, progress } = this.raft.status();
    if (progress.some(({ learner, match }) => learner && match < commit)) return;
    const applied = this.apply.run();`,
  },
  {
    kind: 'patch',
    id: 'ha-20-a-learner-is-promoted-to-lead',
    wrong: 'A learner that is to take over the leadership is made a voter for it.',
    breaks: { 'HA-20': 'change-refused' },
    file: 'reference/node/transfer.ts',
    search: 'const member = node && voters.find((id) => nodeNumber(id) === nodeNumber(node.id));',
    replace: `const { learners } = replica.position.membership;
    const member = node && [...voters, ...learners].find((id) => nodeNumber(id) === nodeNumber(node.id));
    if (member !== undefined && learners.includes(member)) replica.proposeMembership('voter', member);`,
  },
];
