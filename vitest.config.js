/** Tests are run compiled, from dist: unit tests beside their file, process tests in a folder `test/`. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['dist/**/*.test.js'],
    // Patched copies that `npm run prove` compiles: their tests are meant to fail.
    exclude: ['**/node_modules/**', 'dist/mutants/**'],
    // What is under test is imported by Node.js itself, as users do: only the test files go through vite.
    server: { deps: { external: [/\/dist\/.*(?<!\.test)\.js$/] } },
    // Process tests start clusters, and mostly wait for them: two at a time keep two cores busy.
    maxWorkers: 2,
    testTimeout: 20_000,
  },
});
