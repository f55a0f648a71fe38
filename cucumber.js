/**
 * `npx cucumber-js [features/…]` runs features against OM_TARGET (a target file or a built-in kind; default: the bundled
 * reference cluster) with the kit's own plugin: the verdict is the same as that of `om-conformance run`.
 */
const dryRun = process.argv.some((argument) => argument === '--dry-run' || argument === '-d');

export default {
  import: ['dist/kit/cucumber/hooks.js', 'dist/steps/**/!(*.test).js'],
  plugin: ['./dist/kit/cucumber/plugin.js'],
  pluginOptions: { omConformance: { dryRun } },
  format: [dryRun ? 'usage' : './dist/kit/cucumber/formatter.js'],
};
