/**
 * Reads what the sources say of steps and assertions: which functions of the kit a step definition reaches, and what their
 * TSDoc says. It reads text and types by the TypeScript compiler and runs nothing; what a page shows of it is decided there.
 */
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

export type StepKind = 'Given' | 'When' | 'Then';

/** A function or method of the kit with its TSDoc, in one line. */
export interface Documented {
  readonly name: string;
  /** Path in the package, with `/`. */
  readonly file: string;
  readonly text: string;
}

/** A step definition as it is written. */
export interface StepSource {
  readonly kind: StepKind;
  readonly pattern: string;
  readonly file: string;
  readonly line: number;
  /** The comment right above it. */
  readonly note: string | undefined;
  /** What it reaches in the kit, in the order in which it is written. */
  readonly calls: readonly Documented[];
}

export interface Sources {
  readonly steps: readonly StepSource[];
  /** Exported functions of `kit/assert`. */
  readonly assertions: readonly Documented[];
  /** Ids that the code of `kit/assert` can blame by. */
  readonly raised: ReadonlySet<string>;
  /** The comment at the top of each file of `steps` and `kit/assert`, by path. */
  readonly heads: ReadonlyMap<string, string>;
}

const ASSERTIONS = 'kit/assert/';

/** @param root folder that holds `steps/` and `kit/` */
export function readSources(root: string): Sources {
  const files = ['steps', 'kit/assert'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => join(root, folder, name))
      .sort(),
  );
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    noEmit: true,
    types: [],
  });
  const reader = new Reader(root, program.getTypeChecker());
  const own = files.flatMap((file) => program.getSourceFile(file) ?? []);
  return {
    steps: own.flatMap((file) => reader.steps(file)),
    assertions: own.flatMap((file) => reader.exportedFunctions(file)),
    raised: new Set(own.flatMap((file) => reader.raisedIds(file))),
    heads: new Map(own.map((file) => [reader.pathOf(file), headOf(file)])),
  };
}

class Reader {
  constructor(
    private readonly root: string,
    private readonly checker: ts.TypeChecker,
  ) {}

  pathOf(file: ts.SourceFile): string {
    return relative(this.root, file.fileName).replaceAll('\\', '/');
  }

  steps(file: ts.SourceFile): StepSource[] {
    if (!this.pathOf(file).startsWith('steps/')) return [];
    return file.statements.flatMap((statement) => {
      if (!ts.isExpressionStatement(statement) || !ts.isCallExpression(statement.expression)) return [];
      const { expression: callee, arguments: given } = statement.expression;
      const [pattern, body] = given;
      const kind = callee.getText(file);
      if (!isStepKind(kind) || pattern === undefined || !ts.isStringLiteral(pattern) || body === undefined) return [];
      const calls = new Map<string, Documented>();
      this.collect(body, calls, new Set());
      const line = file.getLineAndCharacterOfPosition(statement.getStart(file)).line + 1;
      const step = { kind, pattern: pattern.text, file: this.pathOf(file), line, note: noteAbove(file, statement) };
      return [{ ...step, calls: [...calls.values()] }];
    });
  }

  exportedFunctions(file: ts.SourceFile): Documented[] {
    const path = this.pathOf(file);
    if (!path.startsWith(ASSERTIONS)) return [];
    return file.statements.flatMap((statement) => {
      if (!ts.isFunctionDeclaration(statement) || statement.name === undefined) return [];
      const exported = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
      const symbol = this.checker.getSymbolAtLocation(statement.name);
      if (exported !== true || symbol === undefined) return [];
      return [{ name: statement.name.text, file: path, text: this.docOf(symbol) }];
    });
  }

  /** The ids are what is given for a parameter `assertion`. */
  raisedIds(file: ts.SourceFile): string[] {
    if (!this.pathOf(file).startsWith(ASSERTIONS)) return [];
    const ids: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node)) {
        const [first] = node.arguments;
        const [parameter] = this.checker.getResolvedSignature(node)?.parameters ?? [];
        if (parameter?.name === 'assertion' && first !== undefined && ts.isStringLiteral(first)) ids.push(first.text);
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
    return ids;
  }

  /**
   * Follows calls through the helpers of `steps` up to the functions of the kit, and from assertion to assertion.
   *
   * @param within what is collected: files whose paths begin so
   */
  private collect(node: ts.Node, calls: Map<string, Documented>, seen: Set<ts.Node>, within = 'kit/'): void {
    if (seen.has(node)) return;
    seen.add(node);
    if (ts.isCallExpression(node)) this.collectCall(node.expression, calls, seen, within);
    ts.forEachChild(node, (child) => this.collect(child, calls, seen, within));
  }

  private collectCall(callee: ts.Expression, calls: Map<string, Documented>, seen: Set<ts.Node>, within: string): void {
    const at = ts.isPropertyAccessExpression(callee) ? callee.name : callee;
    let symbol = this.checker.getSymbolAtLocation(at);
    if (symbol !== undefined && symbol.flags & ts.SymbolFlags.Alias) symbol = this.checker.getAliasedSymbol(symbol);
    const declaration = symbol?.valueDeclaration;
    if (symbol === undefined || declaration === undefined) return;
    const file = this.pathOf(declaration.getSourceFile());
    const text = this.docOf(symbol);
    if (file.startsWith(within) && text !== '') calls.set(`${file} ${symbol.name}`, { name: symbol.name, file, text });
    if (!ts.isFunctionDeclaration(declaration)) return;
    if (file.startsWith('steps/')) this.collect(declaration, calls, seen, within);
    if (file.startsWith(ASSERTIONS)) this.collect(declaration, calls, seen, ASSERTIONS);
  }

  private docOf(symbol: ts.Symbol): string {
    return oneLine(ts.displayPartsToString(symbol.getDocumentationComment(this.checker)));
  }
}

function isStepKind(text: string): text is StepKind {
  return text === 'Given' || text === 'When' || text === 'Then';
}

/** The comment that the file begins with. */
function headOf(file: ts.SourceFile): string {
  const [first] = ts.getLeadingCommentRanges(file.text, 0) ?? [];
  return first === undefined ? '' : commentText(file.text.slice(first.pos, first.end));
}

function noteAbove(file: ts.SourceFile, statement: ts.Statement): string | undefined {
  const ranges = ts.getLeadingCommentRanges(file.text, statement.getFullStart()) ?? [];
  const text = ranges.map(({ pos, end }) => commentText(file.text.slice(pos, end))).join(' ');
  return text === '' ? undefined : text;
}

/** A comment without its marks, in one line. */
export function commentText(comment: string): string {
  return oneLine(comment.replace(/^\/\*\*?|\*\/$/g, '').replace(/^[ \t]*(?:\/\/|\*)/gm, ''));
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
