/** What the root's cucumber.js is to the features, this is to the tiny ones: the door that cucumber's own command line is. */
const dist = new URL('../../../../dist/kit/cucumber/', import.meta.url);

export default {
  import: [new URL('hooks.js', dist).pathname, new URL('test/tiny-steps.js', dist).pathname],
  plugin: [new URL('test/tiny-plugin.js', dist).href],
  format: [new URL('formatter.js', dist).href],
};
