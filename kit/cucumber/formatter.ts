/** The formatter of `npx cucumber-js`: shows the run as `om-conformance run` does. Any other formatter may take its place. */
import { Formatter, type IFormatterOptions } from '@cucumber/cucumber';
import { terminalObserver } from '../report/terminal.js';
import { activeSession } from './active.js';

export default class TerminalFormatter extends Formatter {
  constructor(options: IFormatterOptions) {
    super(options);
    const session = activeSession();
    const { columns } = options.stream as { columns?: number };
    session?.observe(
      terminalObserver({
        write: (text) => void this.log(text),
        columns: columns ?? 120,
        // The cursor is cucumber's here: other formatters may write to the same terminal.
        live: false,
        colour: columns !== undefined && process.env.NO_COLOR === undefined,
        rules: session.request.catalogue.rules,
        command: session.request.command,
      }),
    );
  }
}
