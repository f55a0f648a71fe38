/** Listings of keys with wrong pages (NS-KEY-8). */
import { hadoop } from '#proto';
import { ok } from '../../namespace/answers.js';
import type { Answer, OMRequest } from '../../namespace/command.js';
import type { KeyInfo } from '../../namespace/key-info.js';
import type { Mutant } from '../mutant.js';
import { withRead } from '../wrapped.js';

const { ListKeys } = hadoop.ozone.Type;

type Asked = NonNullable<OMRequest['listKeysRequest']>;

function asking(request: OMRequest, change: (asked: Asked) => Partial<Asked>): OMRequest {
  const asked = request.listKeysRequest;
  return asked == null ? request : { ...request, listKeysRequest: { ...asked, ...change(asked) } };
}

/** The page with other keys on it. */
function changed(answer: Answer, change: (keys: readonly KeyInfo[]) => KeyInfo[]): Answer {
  const page = answer.body.listKeysResponse;
  return page == null ? answer : ok({ listKeysResponse: { ...page, keyInfo: change(page.keyInfo ?? []) } });
}

export const KEY_LISTINGS: readonly Mutant[] = [
  {
    kind: 'policy',
    id: 'ns-key-8-order-of-utf-16',
    wrong: 'The keys of a page are in the order of UTF-16 units.',
    breaks: { 'NS-KEY-8': 'listing-order' },
    parts: (right) =>
      withRead(right, ListKeys, (command) => ({
        answer: (view, request, context) =>
          changed(command.answer(view, request, context), (keys) =>
            keys.toSorted((a, b) => (a.keyName < b.keyName ? -1 : a.keyName > b.keyName ? 1 : 0)),
          ),
      })),
  },
  {
    kind: 'policy',
    id: 'ns-key-8-start-key-included',
    wrong: 'A page begins with the key that startKey names.',
    breaks: { 'NS-KEY-8': 'listing-order' },
    parts: (right) =>
      withRead(right, ListKeys, (command) => ({
        answer: (view, request, context) => {
          const startKey = request.listKeysRequest?.startKey ?? '';
          const page = command.answer(view, request, context);
          if (startKey === '') return page;
          const only = asking(request, () => ({ startKey: '', prefix: startKey, count: 1 }));
          const first = command.answer(view, only, context).body.listKeysResponse?.keyInfo?.[0];
          return first?.keyName === startKey ? changed(page, (keys) => [first, ...keys].slice(0, -1)) : page;
        },
      })),
  },
  {
    kind: 'policy',
    id: 'ns-key-8-ends-where-a-key-went',
    wrong: 'A page is empty when the key that startKey names does not exist.',
    breaks: { 'NS-KEY-8': 'listing-content' },
    parts: (right) =>
      withRead(right, ListKeys, (command) => ({
        answer: (view, request, context) => {
          const page = command.answer(view, request, context);
          const { startKey } = request.listKeysRequest ?? {};
          if (!startKey) return page;
          const only = asking(request, () => ({ startKey: '', prefix: startKey, count: 1 }));
          const first = command.answer(view, only, context).body.listKeysResponse?.keyInfo?.[0];
          return first?.keyName === startKey ? page : changed(page, () => []);
        },
      })),
  },
  {
    kind: 'policy',
    id: 'ns-key-8-prefix-is-a-folder',
    wrong: 'A prefix is taken for the name of a folder: only what is behind its slash is listed.',
    breaks: { 'NS-KEY-8': 'listing-content' },
    parts: (right) =>
      withRead(right, ListKeys, (command) => ({
        answer: (view, request, context) =>
          command.answer(
            view,
            asking(request, ({ prefix }) => (prefix && !prefix.endsWith('/') ? { prefix: `${prefix}/` } : {})),
            context,
          ),
      })),
  },
  {
    kind: 'policy',
    id: 'ns-key-8-the-last-page-too-early',
    wrong: 'A page says that it is the last whenever it is full.',
    breaks: { 'NS-KEY-8': 'page-truncated' },
    parts: (right) =>
      withRead(right, ListKeys, (command) => ({
        answer: (view, request, context) => {
          const answer = command.answer(view, request, context);
          const page = answer.body.listKeysResponse;
          return page == null ? answer : ok({ listKeysResponse: { ...page, isTruncated: false } });
        },
      })),
  },
  {
    kind: 'policy',
    id: 'ns-key-8-filtered-after-counting',
    wrong: 'A page holds those of the next keys that have the prefix, so that it is short, or empty before the end.',
    breaks: { 'NS-KEY-8': 'listing-content' },
    parts: (right) =>
      withRead(right, ListKeys, (command) => ({
        answer: (view, request, context) => {
          const { prefix } = request.listKeysRequest ?? {};
          const all = command.answer(
            view,
            asking(request, () => ({ prefix: '' })),
            context,
          );
          return changed(all, (keys) => keys.filter(({ keyName }) => keyName.startsWith(prefix ?? '')));
        },
      })),
  },
];
