/** Waits until something holds that a test has brought about, within a budget; fails when it does not. */
export async function eventually(holds: () => boolean | Promise<boolean>, budgetMs = 10_000): Promise<void> {
  const endsAtMs = performance.now() + budgetMs;
  while (!(await holds())) {
    if (performance.now() > endsAtMs)
      throw new Error(`it did not come about within ${budgetMs} ms: ${holds.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
