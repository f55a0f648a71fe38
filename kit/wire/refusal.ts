/**
 * Reads what a refusal says of itself: the class name that leads its text, and the leader that it suggests
 * (wire-binding.md §1). The rest of the text is free and never compared.
 */

/** Looked through: what a server reports when the real cause was thrown on another of its threads. */
const WRAPPER = 'ExecutionException';
const MAX_WRAPPERS = 4;

/** A dotted Java name, or a bare one that says it is an exception; a plain English sentence with a colon is neither. */
const LEADING_CLASS =
  /^((?:[\p{L}_$][\p{L}\p{N}_$]*\.)+[\p{L}_$][\p{L}\p{N}_$]*|\p{L}[\p{L}\p{N}_$]*(?:Exception|Error))(?::\s*|$)/u;

/** The address in brackets is opaque: upstream writes two shapes, neither of them the gRPC port. */
const SUGGESTION = /^OM:.{1,256}? is not the leader\. Suggested leader is OM:(.{1,256}?)\[/;

export interface Refusal {
  /** Simple class name; undefined when the text does not start with one. */
  readonly className: string | undefined;
  readonly suggestedLeader: string | undefined;
}

/**
 * @param details the status details, already printable
 * @param trailers `om-leader`, where sent, wins over the text: it is the binding's own field
 */
export function readRefusal(details: string, trailers: ReadonlyMap<string, string>): Refusal {
  let rest = details;
  let className: string | undefined;
  for (let depth = 0; depth <= MAX_WRAPPERS; depth += 1) {
    const match = LEADING_CLASS.exec(rest);
    const qualified = match?.[1];
    if (match === null || qualified === undefined) break;
    const simple = simpleName(qualified);
    if (!/^\p{Lu}/u.test(simple)) break;
    className = simple;
    rest = rest.slice(match[0].length);
    if (simple !== WRAPPER) break;
  }
  const named = className === 'OMNotLeaderException' ? SUGGESTION.exec(rest)?.[1] : undefined;
  return { className, suggestedLeader: trailers.get('om-leader') ?? named };
}

function simpleName(qualified: string): string {
  return qualified.slice(Math.max(qualified.lastIndexOf('.'), qualified.lastIndexOf('$')) + 1);
}
