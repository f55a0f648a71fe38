/** Answers that go astray, and writes that stop half-way when their caller goes (W-9, W-11). */
import { hadoop } from '#proto';
import type { Answer } from '../../namespace/command.js';
import type { Mutant } from '../mutant.js';
import { withRead } from '../wrapped.js';

const OM_SERVICE = 'reference/service/om-service.ts';
const WRITE_PATH = 'reference/node/write-path.ts';
const APPLIED = "if (write.planned !== undefined && parts.writeOutcome(write.term, term) === 'applied') {";

/** Takes part of an applied write back, because its caller is gone. @param takeBack statements with `transaction` in scope */
function takingBack(takeBack: string): string {
  return `if (write.call.cancelled) {
        this.#view.state.transact((transaction) => {
          ${takeBack}
          return this.#view.position;
        });
      }
      ${APPLIED}`;
}

export const CALL_MUTANTS: readonly Mutant[] = [
  {
    kind: 'patch',
    id: 'w-9-answers-exchanged',
    wrong: 'Of two answers that are ready in one turn, each goes to the caller of the other.',
    breaks: { 'W-9': 'own-answer' },
    file: OM_SERVICE,
    search: 'this.callback(null, bytes, trailers);',
    replace: `const own = { bytes, callback: this.callback };
        const shared = globalThis as { waiting?: typeof own | undefined };
        const { waiting } = shared;
        if (waiting === undefined) {
          shared.waiting = own;
          setImmediate(() => {
            if (shared.waiting !== own) return;
            shared.waiting = undefined;
            own.callback(null, own.bytes, trailers);
          });
          return;
        }
        shared.waiting = undefined;
        waiting.callback(null, own.bytes, trailers);
        own.callback(null, waiting.bytes, trailers);`,
  },
  {
    kind: 'policy',
    id: 'w-9-reads-share-an-answer',
    wrong: 'Reads of volumes that arrive in one turn are all told what the first of them is told.',
    breaks: { 'W-9': 'own-answer' },
    parts: (right) => {
      let shared: Answer | undefined;
      return withRead(right, hadoop.ozone.Type.InfoVolume, ({ answer }) => ({
        answer: (view, request, context) => {
          if (shared === undefined)
            setImmediate(() => {
              shared = undefined;
            });
          shared ??= answer(view, request, context);
          return shared;
        },
      }));
    },
  },
  {
    kind: 'patch',
    id: 'w-9-silent-when-busy',
    wrong: 'A node with 200 calls under way never answers the next one.',
    breaks: { 'W-9': 'own-answer' },
    file: OM_SERVICE,
    search: 'const call = new GrpcOmCall(grpc, request, named?.callId, seen?.vector, options, callback);',
    replace: `const shared = globalThis as { underWay?: number };
      if ((shared.underWay ?? 0) >= 200) return;
      shared.underWay = (shared.underWay ?? 0) + 1;
      const answered: typeof callback = (...answer) => {
        shared.underWay = (shared.underWay ?? 1) - 1;
        callback(...answer);
      };
      const call = new GrpcOmCall(grpc, request, named?.callId, seen?.vector, options, answered);`,
  },
  {
    kind: 'patch',
    id: 'w-11-volume-without-its-owner',
    wrong: 'A new volume whose caller is gone is taken out of the list of its owner again.',
    breaks: { 'W-11': 'whole-write' },
    file: WRITE_PATH,
    search: APPLIED,
    replace: takingBack(`const info = write.call.request.createVolumeRequest?.volumeInfo;
          if (info) transaction.delete('userVolume', Buffer.from(\`/\${info.ownerName}/\${info.volume}\`));`),
  },
  {
    kind: 'patch',
    id: 'w-11-bucket-that-does-not-count',
    wrong: 'A new bucket whose caller is gone does not count in its volume.',
    breaks: { 'W-11': 'whole-write' },
    file: WRITE_PATH,
    search: APPLIED,
    replace: takingBack(`const info = write.call.request.createBucketRequest?.bucketInfo;
          if (info) transaction.put('usage', Buffer.from(\`/\${info.volumeName}\`), Buffer.alloc(8));`),
  },
];
