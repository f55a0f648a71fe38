/** The formatter of `npx cucumber-js`: shows the run as `om-conformance run` does. Any other formatter may take its place. */
import { Formatter, type IFormatterOptions } from '@cucumber/cucumber';
import { liveScreen } from '../report/live-screen.js';
import { activeSession } from './active.js';

export default class TerminalFormatter extends Formatter {
  constructor(options: IFormatterOptions) {
    super(options);
    const session = activeSession();
    if (session === undefined) return;
    const { isTTY, columns } = options.stream as { isTTY?: boolean; columns?: number };
    const output = {
      ...(isTTY === undefined ? {} : { isTTY }),
      ...(columns === undefined ? {} : { columns }),
      write: (text: string) => this.log(text),
    };
    session.observe(liveScreen(session.request, output, process.env, false));
  }
}
