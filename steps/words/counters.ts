/** Phrases for what a node counts: the keys of `COUNTED`. */
import { COUNTED, type Counted } from '../../kit/scenario/counters.js';

export const COUNTED_WORDS = Object.keys(COUNTED) as readonly Counted[];
