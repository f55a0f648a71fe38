/**
 * Shows a run while it goes on: one line that rewrites itself on a terminal, plain lines elsewhere, a screen for each
 * failure, the verdict at the end. It decides what is shown, not what it means.
 */
import type { RunObserver, ScenarioEnd } from '../run/observer.js';
import type { PlannedScenario } from '../run/plan.js';
import type { CatalogueRule } from '../spec/catalogue.js';
import { printable } from '../wire/text.js';
import { paletteOf } from './colour.js';
import { failureLines } from './failure-text.js';
import { verdictLines } from './verdict-text.js';

export interface Screen {
  readonly write: (text: string) => void;
  readonly columns: number;
  /** The line may rewrite itself. */
  readonly live: boolean;
  readonly colour: boolean;
  readonly rules: readonly CatalogueRule[];
  /** The command that repeats the run, without a selection. */
  readonly command: string;
}

/** The line is not rewritten more often than this: a terminal must not cost time that scenarios need. */
const REWRITE_MS = 50;
const CLEAR = '\r\u001b[2K';

export function terminalObserver(screen: Screen): RunObserver {
  const palette = paletteOf(screen.colour);
  const counts = { planned: 0, done: 0, failed: 0, notVerified: 0 };
  let rewrittenMs = Number.NEGATIVE_INFINITY;

  const print = (lines: readonly string[]) => screen.write(`${screen.live ? CLEAR : ''}${lines.join('\n')}\n`);
  const rewrite = (text: string) => {
    if (!screen.live) return;
    screen.write(`${CLEAR}${printable(text, Math.max(20, screen.columns - 20))}`);
  };
  const progress = () => {
    const failed = counts.failed === 0 ? '' : `, ${counts.failed} not passed`;
    return `${counts.done}/${counts.planned}${failed}`;
  };

  return {
    phase(text) {
      if (screen.live) rewrite(`${text} …`);
      else print([`${text} …`]);
    },
    planned(plan, seed) {
      counts.planned = plan.filter(({ decision }) => decision.kind === 'run').length;
      const rest = plan.length - counts.planned;
      const not = rest === 0 ? '' : `, ${rest} not verified or broken`;
      print([`${counts.planned} scenarios to run${not}; seed ${seed}`]);
    },
    scenarioStarted(planned) {
      const nowMs = performance.now();
      if (!screen.live || nowMs - rewrittenMs < REWRITE_MS) return;
      rewrittenMs = nowMs;
      rewrite(`${progress()}  ${titleOf(planned)}`);
    },
    scenarioEnded(end) {
      counts.done += 1;
      if (end.status !== 'passed') counts.failed += 1;
      if (!screen.live) print([lineOf(end, palette)]);
      if (end.status === 'passed') return;
      const rule = screen.rules.find(({ id }) => id === end.planned.rule);
      print(failureLines(end, rule, { command: screen.command, columns: screen.columns, palette }));
    },
    finished(result) {
      print(['', ...verdictLines(result, palette)]);
    },
  };
}

function titleOf({ rule, scenario, decision }: PlannedScenario): string {
  return `${rule ?? '?'} ${scenario.name}${decision.kind === 'run' ? ` [${decision.stage}]` : ''}`;
}

function lineOf(end: ScenarioEnd, palette: ReturnType<typeof paletteOf>): string {
  const paint = end.status === 'passed' ? palette.good : palette.bad;
  return `${paint(end.status.padEnd(7))} ${printable(titleOf(end.planned), 200)}`;
}
