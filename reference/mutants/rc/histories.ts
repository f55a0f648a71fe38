/** Histories with reads on all nodes that no order explains (RC-7). Nodes are killed in them, so each is a process. */
import type { Mutant } from '../mutant.js';

export const READ_HISTORIES: readonly Mutant[] = [
  {
    kind: 'patch',
    id: 'rc-7-own-state',
    wrong: 'A follower answers LINEARIZABLE_ALLOW_FOLLOWER from its own state.',
    breaks: { 'RC-7': 'linearizable' },
    processes: true,
    file: 'reference/reads/route-read.ts',
    search: 'return view.leader && view.ready && options.leaderSkip ? LOCAL : CONFIRM;',
    replace: 'return view.leader ? CONFIRM : LOCAL;',
  },
  {
    kind: 'patch',
    id: 'rc-7-page-of-before',
    wrong: 'A page of keys is answered from the state that the node had when the read arrived, below its read index.',
    breaks: { 'RC-7': 'linearizable' },
    processes: true,
    file: 'reference/node/read-path.ts',
    search: '...{ call, command, seen, settled: false, confirmedAt: undefined },',
    replace: `...{
        ...{ call, seen, settled: false, confirmedAt: undefined },
        command: ((): ReadCommand => {
          if (call.request.listKeysRequest == null && call.request.listBucketsRequest == null) return command;
          let taken: ReturnType<ReadCommand['answer']> | undefined;
          try {
            taken = command.answer(view.state, call.request, view.readContext);
          } catch {
            taken = undefined;
          }
          return { ...command, answer: () => taken } as ReadCommand;
        })(),
      },`,
  },
];
