/** Phrases about no volume, bucket or key, such as `msyncs`. */
import type { Phrase } from './phrase.js';

export const clusterPhrases: readonly Phrase[] = [
  { form: /msyncs/, read: () => ({ kind: 'msync' }) },
  { form: /reads an echo/, read: () => ({ kind: 'read-echo' }) },
  { form: /writes an echo/, read: () => ({ kind: 'write-echo' }) },
];
