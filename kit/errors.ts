/**
 * Registry of the kit's errors: stable code, exit code, what it means and what to do. The docs are generated from it.
 */
export interface ErrorEntry {
  /** Exit code of the command that ends with it (harness-contracts.md §4). */
  readonly exit: 2 | 3 | 4;
  readonly meaning: string;
  readonly remedy: string;
}

export const ERRORS = {
  TARGET_FILE_INVALID: {
    exit: 3,
    meaning: 'The target file cannot be read, or has a wrong or unknown key.',
    remedy: 'Correct the named key; `om-conformance explain target` prints the schema with an example.',
  },
} as const satisfies Record<string, ErrorEntry>;
export type ErrorCode = keyof typeof ERRORS;
