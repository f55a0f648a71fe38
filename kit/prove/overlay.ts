/**
 * Compiles a patched copy of the reference or the kit into a folder of its own, so that a mutant is never part of a build.
 * The copy lies inside the package, where its imports resolve as the original's do.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

export interface Patch {
  readonly file: string;
  readonly search: string;
  readonly replace: string;
}

/** Thrown when the search text does not occur exactly once: the mutant no longer says what it means. */
export class PatchMismatch extends Error {
  override readonly name = 'PatchMismatch';
}

/** The patched text. Throws PatchMismatch. */
export function patched(source: string, { file, search, replace }: Patch): string {
  const parts = source.split(search);
  if (parts.length !== 2) {
    throw new PatchMismatch(`${file}: the search text occurs ${parts.length - 1} times, expected once: ${search}`);
  }
  return parts.join(replace);
}

/** Answers the folder that takes the place of `dist` for this mutant. Throws PatchMismatch. */
export function compileOverlay(root: string, id: string, patch: Patch): string {
  const dist = join(root, 'dist', 'mutants', id);
  const project = patch.file.startsWith('kit/') ? 'kit' : 'reference';
  const source = patched(readFileSync(join(root, patch.file), 'utf8'), patch);
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  cpSync(join(root, 'dist', project), join(dist, project), { recursive: true });
  const { outputText, diagnostics } = ts.transpileModule(source, {
    fileName: patch.file,
    reportDiagnostics: true,
    compilerOptions: {
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
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
