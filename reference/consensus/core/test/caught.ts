/** The error that a call throws, for tests that look at it. */
export function caught<T extends Error>(kind: abstract new (...args: never[]) => T, run: () => unknown): T {
  try {
    run();
  } catch (error) {
    if (error instanceof kind) {
      return error;
    }
    throw error;
  }
  throw new Error(`expected a ${kind.name}`);
}
