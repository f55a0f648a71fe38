/** How vitest runs the kit's unit tests for `prove`, on a patched copy as on the original; the root is an option. */
export default {
  test: {
    include: ['kit/**/*.test.js'],
    // What is under test is imported by Node.js itself, as `vitest.config.js` has it.
    server: { deps: { external: [/\/dist\/.*(?<!\.test)\.js$/] } },
  },
};
