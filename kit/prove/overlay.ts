/**
 * Compiles a patched copy of the reference or the kit into a folder of its own, so that a mutant is never part of a build.
 * The copy lies inside the package, where its imports resolve as the original's do.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import ts from 'typescript';
import { HarnessError } from '../failure.js';

export interface Patch {
  readonly file: string;
  readonly search: string;
  readonly replace: string;
}

/** Thrown when the search text does not occur exactly once: the mutant no longer says what it means. */
export class PatchMismatch extends HarnessError {
  constructor(message: string) {
    super('MUTANT_MISMATCH', message);
  }
}

/** The patched text. Throws PatchMismatch. */
export function patched(source: string, { file, search, replace }: Patch): string {
  const parts = source.split(search);
  if (parts.length !== 2) {
    throw new PatchMismatch(`${file}: the search text occurs ${parts.length - 1} times, expected once: ${search}`);
  }
  return parts.join(replace);
}

/** The patched text of a file of the package. @param root folder of the package. Throws PatchMismatch. */
export function patchedSource(root: string, patch: Patch): string {
  const path = join(root, patch.file);
  if (!existsSync(path)) throw new PatchMismatch(`${patch.file}: there is no such file`);
  return patched(readFileSync(path, 'utf8'), patch);
}

/** Answers the folder that takes the place of `dist` for this mutant. Throws PatchMismatch. */
export function compileOverlay(root: string, id: string, patch: Patch): string {
  const dist = overlayFolder(root, id);
  const project = patch.file.startsWith('kit/') ? 'kit' : 'reference';
  const source = patchedSource(root, patch);
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  // Unit tests of the kit kill its mutants; the reference's have no part in this.
  const wanted = (path: string) => project === 'kit' || (basename(path) !== 'test' && !/\.test\./.test(path));
  cpSync(join(root, 'dist', project), join(dist, project), { recursive: true, filter: wanted });
  const { outputText, diagnostics } = ts.transpileModule(source, {
    fileName: patch.file,
    reportDiagnostics: true,
    compilerOptions: {
      // Not NodeNext: one file alone does not say that its package is of ES modules.
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2022,
      verbatimModuleSyntax: true,
      isolatedModules: true,
    },
  });
  const [error] = diagnostics ?? [];
  if (error !== undefined) {
    throw new PatchMismatch(
      `${patch.file} does not compile: ${ts.flattenDiagnosticMessageText(error.messageText, ' ')}`,
    );
  }
  const out = join(dist, patch.file.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, outputText);
  return dist;
}

export function removeOverlay(root: string, id: string): void {
  rmSync(overlayFolder(root, id), { recursive: true, force: true });
}

function overlayFolder(root: string, id: string): string {
  return join(root, 'dist', 'mutants', id);
}
