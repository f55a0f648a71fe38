/** What a check of the specification found, and how it is printed. */
export interface Finding {
  /** Stable name of the check. */
  readonly check: string;
  /** `file` or `file:line`. */
  readonly where: string;
  readonly message: string;
}

export function findingText({ check, where, message }: Finding): string {
  return `${where}  ${check}: ${message}`;
}
