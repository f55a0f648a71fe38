/**
 * Checks `proto/` against upstream: every name, number, type, label and default equals `wire-contract.json`, and what goes
 * beyond it is exactly what the wire binding adds. Pure: texts in, findings out.
 */
import protobuf from 'protobufjs';
import type { Finding } from './finding.js';
import { ADDED_MEMBERS, ADDED_TYPES } from './proto-additions.js';
import { contractMembers, type Members, type WireContract } from './wire-contract.js';

/**
 * @param files name → text of the files that speak upstream's protocol
 * @throws when a file is not valid protobuf
 */
export function lintProto(files: ReadonlyMap<string, string>, contract: WireContract): Finding[] {
  const root = new protobuf.Root();
  const definedIn = new Map<string, string>();
  for (const [name, text] of files) {
    const before = new Set(typesOf(root).map(({ fullName }) => fullName));
    protobuf.parse(text, root, { keepCase: true });
    for (const { fullName } of typesOf(root)) if (!before.has(fullName)) definedIn.set(fullName.slice(1), name);
  }
  root.resolveAll();
  const expected = contractMembers(contract);
  const found = new Map(typesOf(root).map((type) => [type.fullName.slice(1), membersOf(type)]));
  const findings: Finding[] = [];
  for (const [type, members] of found) {
    const where = `proto/${definedIn.get(type) ?? ''}`;
    const upstream = expected.get(type);
    const added = upstream === undefined ? ADDED_TYPES[type] : ADDED_MEMBERS[type];
    if (upstream === undefined && added === undefined) {
      findings.push({
        check: 'proto-unknown',
        where,
        message: `${type} is neither upstream's nor of the wire binding`,
      });
      continue;
    }
    findings.push(...compare(type, members, upstream ?? new Map(), added ?? [], where));
  }
  const missing = [...Object.keys(ADDED_TYPES), ...Object.keys(ADDED_MEMBERS)].filter((type) => !found.has(type));
  return [
    ...findings,
    ...missing.map((type) => ({
      check: 'proto-missing',
      where: 'proto',
      message: `the wire binding's ${type} is not there`,
    })),
  ];
}

function compare(
  type: string,
  members: Members,
  upstream: Members,
  added: readonly string[],
  where: string,
): Finding[] {
  const additions = new Set(added);
  const findings: Finding[] = [];
  for (const [name, text] of members) {
    const expected = upstream.get(name);
    if (expected === text || additions.delete(text)) continue;
    const message =
      expected === undefined
        ? `${type} has "${text}", which is neither upstream's nor of the wire binding`
        : `${type} has "${text}", upstream has "${expected}"`;
    findings.push({ check: 'proto-differs', where, message });
  }
  for (const text of additions) {
    findings.push({ check: 'proto-missing', where, message: `${type} lacks the wire binding's "${text}"` });
  }
  return findings;
}

function typesOf(namespace: protobuf.NamespaceBase): (protobuf.Type | protobuf.Enum)[] {
  return namespace.nestedArray.flatMap((nested) => {
    const inner = nested instanceof protobuf.Namespace ? typesOf(nested) : [];
    return nested instanceof protobuf.Type || nested instanceof protobuf.Enum ? [nested, ...inner] : inner;
  });
}

function membersOf(type: protobuf.Type | protobuf.Enum): Members {
  if (type instanceof protobuf.Enum) {
    return new Map(Object.entries(type.values).map(([name, number]) => [name, `${name} = ${number}`]));
  }
  return new Map(
    type.fieldsArray.map((field) => {
      const label = field.repeated ? 'repeated ' : field.required ? 'required ' : '';
      const kind = field.resolvedType?.fullName.slice(1) ?? field.type;
      const preset = field.options?.default === undefined ? '' : ` [default = ${String(field.options.default)}]`;
      return [field.name, `${label}${kind} ${field.name} = ${field.id}${preset}`];
    }),
  );
}
