/**
 * Reads a target file and says, for the first thing wrong with it, which file, which line, which key, what was expected and
 * what was found. Nothing is started or connected here.
 */
import { readFileSync, statSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { EnvironmentError, UsageError } from '../failure.js';
import { messageOf, printable } from '../wire/text.js';
import type { Tls } from '../wire/tls.js';
import { firstProblem, type Problem } from './problem.js';
import { TARGET_SCHEMAS, type TargetFile, type TargetKind, type TlsSpec } from './schema.js';

const MAX_FILE_BYTES = 1024 * 1024;

/** @throws UsageError TARGET_FILE_INVALID */
export function readTargetFile(path: string): TargetFile {
  let text: string;
  try {
    if (statSync(path).size > MAX_FILE_BYTES) throw invalid(path, undefined, 'the file is larger than 1 MiB');
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    throw invalid(path, undefined, `it cannot be read: ${messageOf(cause)}`, cause);
  }
  return parseTargetFile(text, path);
}

/**
 * @param path only for messages
 * @throws UsageError TARGET_FILE_INVALID
 */
export function parseTargetFile(text: string, path: string): TargetFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [syntax] = document.errors;
  if (syntax !== undefined) {
    const why = syntax.code === 'MULTIPLE_DOCS' ? 'more than one document in it' : `not YAML: ${syntax.message}`;
    throw invalid(path, lines.linePos(syntax.pos[0]).line, why, syntax);
  }
  let data: unknown;
  try {
    data = document.toJS();
  } catch (cause) {
    throw invalid(path, undefined, `not YAML: ${messageOf(cause)}`, cause);
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    throw invalid(path, undefined, 'expected keys and values, such as `kind: attach`');
  }
  const kind = kindOf(data, path, document, lines);
  const result = TARGET_SCHEMAS[kind].safeParse(data);
  if (result.success) return result.data;
  const problem = firstProblem(result.error.issues, data);
  throw invalid(path, lineOf(document, lines, problem), textOf(problem), result.error);
}

function kindOf(data: object, path: string, document: Document, lines: LineCounter): TargetKind {
  const kind: unknown = 'kind' in data ? data.kind : 'attach';
  const known = Object.keys(TARGET_SCHEMAS) as TargetKind[];
  const found = known.find((one) => one === kind);
  if (found !== undefined) return found;
  const problem = { path: ['kind'], expected: known.join(', '), found: kind };
  throw invalid(path, lineOf(document, lines, problem), textOf(problem));
}

function textOf(problem: Problem): string {
  const found = problem.found === undefined ? 'nothing' : printable(JSON.stringify(problem.found) ?? '', 200);
  const key = problem.path.length === 0 ? 'at the top' : `key ${printable(problem.path.join('.'), 200)}`;
  return `${key}: expected ${problem.expected}, found ${found}`;
}

/** Line of the key that the problem is about, or of the closest one around it that exists. */
function lineOf(document: Document, lines: LineCounter, problem: Problem): number | undefined {
  for (let depth = problem.path.length; depth > 0; depth -= 1) {
    const node = document.getIn(problem.path.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return undefined;
}

function invalid(path: string, line: number | undefined, why: string, cause?: unknown): UsageError {
  const where = line === undefined ? path : `${path}, line ${line}`;
  return new UsageError('TARGET_FILE_INVALID', `target file ${where}, ${why}`, { cause });
}

/** @throws EnvironmentError when a named file cannot be read */
export function readTls(spec: TlsSpec | undefined, folder: string): Tls | undefined {
  if (spec === undefined) return undefined;
  const read = (name: 'ca' | 'cert' | 'key'): { [K in typeof name]?: Buffer } => {
    const file = spec[name];
    if (file === undefined) return {};
    const path = isAbsolute(file) ? file : join(folder, file);
    try {
      return { [name]: readFileSync(path) };
    } catch (cause) {
      throw new EnvironmentError('TLS_FILE_UNREADABLE', `tls.${name}: ${resolve(path)}: ${messageOf(cause)}`, {
        cause,
      });
    }
  };
  return {
    ...read('ca'),
    ...read('cert'),
    ...read('key'),
    ...(spec.serverName === undefined ? {} : { serverName: spec.serverName }),
  };
}
