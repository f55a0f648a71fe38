/** Finds the one thing to say about a document that its schema refuses: where it is, what was expected, what is there. */
import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

export interface Problem {
  readonly path: readonly (string | number)[];
  readonly expected: string;
  /** Undefined when nothing stands there. */
  readonly found: unknown;
}

/** @param issues at least one, as zod gives them */
export function firstProblem(issues: readonly Issue[], data: unknown): Problem {
  const [issue] = issues;
  if (issue === undefined) throw new Error('a refused document has an issue');
  return problemOf(issue, data, []);
}

function problemOf(issue: Issue, data: unknown, above: readonly (string | number)[]): Problem {
  const path = [...above, ...issue.path.filter((part) => typeof part !== 'symbol')];
  const found = valueAt(data, path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const [key] = issue.keys;
      const inner = key === undefined ? path : [...path, key];
      return { path: inner, expected: 'no such key', found: valueAt(data, inner) };
    }
    case 'invalid_union':
      return unionProblem(issue, data, path);
    case 'invalid_key': {
      const [inner] = issue.issues;
      return {
        path,
        expected: `a key of ${inner === undefined ? 'another form' : expectationOf(inner)}`,
        found: path.at(-1),
      };
    }
    default:
      return { path, expected: expectationOf(issue), found };
  }
}

/** The branch that the writer meant: the one that does not fail on the type of the whole value. */
function unionProblem(issue: z.core.$ZodIssueInvalidUnion, data: unknown, path: readonly (string | number)[]): Problem {
  const isWrongType = (one: Issue) => one.code === 'invalid_type' && one.path.length === 0;
  const meant = issue.errors.find((branch) => !branch.some(isWrongType))?.[0];
  if (meant !== undefined) return problemOf(meant, data, path);
  const expected = issue.errors.flatMap((branch) => branch.map(expectationOf));
  return { path, expected: [...new Set(expected)].join(' or '), found: valueAt(data, path) };
}

function expectationOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return NAMES[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return issue.values.map((value) => String(value)).join(', ');
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array'
        ? 'something that is not empty'
        : `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`;
    case 'too_big':
      return `at most ${issue.maximum}${issue.origin === 'string' ? ' characters' : ''}`;
    case 'invalid_format':
      return issue.format === 'url' ? 'a URL' : issue.message;
    default:
      return issue.message;
  }
}

const NAMES: Readonly<Record<string, string>> = {
  object: 'keys and values',
  record: 'keys and values',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

function valueAt(data: unknown, path: readonly (string | number)[]): unknown {
  let value = data;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value;
}
