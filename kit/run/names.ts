/**
 * Names that a run may use. Every one starts with `omc-<run>-`, so that two runs never meet on one cluster and `clean` can
 * find what a broken run left (harness-contracts.md §1, manners on attach).
 */
export interface Names {
  /** Start of every name of this run. */
  readonly prefix: string;
  /** A volume or bucket name nobody used before: lower-case letters, digits and hyphens, 3 to 63 characters. */
  fresh(kind: 'volume' | 'bucket' | 'key'): string;
}

export function namesOf(runId: string): Names {
  const prefix = `omc-${runId}-`;
  let made = 0;
  return {
    prefix,
    fresh(kind) {
      made += 1;
      return `${prefix}${kind[0] ?? 'x'}${made}`;
    },
  };
}
