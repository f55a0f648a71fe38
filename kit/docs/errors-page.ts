/** The page of exit codes and of every registered error, of the kit and of the bundled reference. */
import { z } from 'zod';
import type { ExitCode } from '../verdict/verdict.js';
import { codeOf, escapeHtml, headingOf, recordsOf } from './html.js';
import { type Links, renderInline } from './markdown.js';
import type { PageText } from './page.js';
import { PAGES } from './place.js';

const registrySchema = z.record(
  z.string().regex(/^[A-Z][A-Z0-9_]*$/),
  z.object({
    exit: z.union([z.literal(2), z.literal(3), z.literal(4), z.literal(5)]),
    meaning: z.string().min(1),
    remedy: z.string().min(1),
  }),
);
export type Registry = z.infer<typeof registrySchema>;

/** A registry from outside: the reference's, as it was compiled. Throws an Error that names the first entry that does not fit. */
export function parseRegistry(value: unknown, from: string): Registry {
  const parsed = registrySchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`${from}: ERRORS.${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not a registry of errors'}`);
}

const KIT_EXITS: Readonly<Record<ExitCode, string>> = {
  0: 'Conformant; or exactly as recorded, with `--baseline`; or partial, with `--allow-partial`.',
  1: 'Not conformant: a MUST rule failed, and the implementation is to blame.',
  2: 'Partial or incomplete: rules were not verified, or the environment is to blame.',
  3: 'Wrong usage: a command, an option, a target file or a baseline that cannot be.',
  4: 'A fault of the kit itself.',
};

const REFERENCE_EXITS: Readonly<Record<0 | Registry[string]['exit'], string>> = {
  0: 'Done.',
  2: 'The surroundings: a port, the disk, another process, another node.',
  3: 'Wrong usage or wrong configuration.',
  4: 'A fault of the program.',
  5: 'Damaged or missing data that needs a decision by a person.',
};

export function errorsPage(kit: Registry, reference: Registry, links: Links): PageText {
  return {
    path: PAGES.errors,
    section: 'errors',
    title: 'Errors and exit codes',
    body:
      '<p>Every error has a code that stays, a message that says what was found and where, and a remedy. <code>npx om-conformance explain NO_LEADER</code> prints an entry; <code>--debug</code> adds the stack trace.</p>' +
      programView('kit', 'om-conformance', KIT_EXITS, kit, links) +
      programView('reference', 'om-reference', REFERENCE_EXITS, reference, links),
    contents: [
      { id: 'kit', text: 'om-conformance', deeper: false },
      { id: 'kit-errors', text: 'Errors', deeper: true },
      { id: 'reference', text: 'om-reference', deeper: false },
      { id: 'reference-errors', text: 'Errors', deeper: true },
    ],
  };
}

function programView(
  id: string,
  program: string,
  exits: Readonly<Record<number, string>>,
  registry: Registry,
  links: Links,
): string {
  const codes = Object.entries(exits).map(([code, text]) => ({ cells: [codeOf(code), renderInline(text, links)] }));
  const entries = Object.entries(registry).map(([code, { exit, meaning, remedy }]) => ({
    id: `${id}-${code}`,
    cells: [
      `<a href="#${id}-${escapeHtml(code)}">${codeOf(code)}</a>`,
      codeOf(String(exit)),
      renderInline(meaning, links),
      renderInline(remedy, links),
    ],
  }));
  return (
    `${headingOf(2, id, codeOf(program))}${recordsOf(['Exit code', 'Meaning'], codes)}` +
    `${headingOf(3, `${id}-errors`, `Errors of ${escapeHtml(program)}`)}${recordsOf(['Code', 'Exit', 'Meaning', 'What to do'], entries)}`
  );
}
