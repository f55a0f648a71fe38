/** That a step has something to judge: where nothing was called, every observable would hold. */

/** @throws Error where no call was made; it is the scenario that is wrong then, not the OM */
export function needCalls(calls: readonly unknown[]): void {
  if (calls.length === 0) throw new Error('no call to judge');
}
