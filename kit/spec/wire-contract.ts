/** `proto/wire-contract.json`: upstream's protocol as data, generated from its own files. Read here, compared elsewhere. */
import { z } from 'zod';

const fieldSchema = z.object({
  name: z.string(),
  number: z.number().int(),
  /** Scalar type, or the full name of a message or enum. */
  type: z.string(),
  label: z.enum(['required', 'optional', 'repeated']),
  default: z.union([z.string(), z.number(), z.boolean()]).optional(),
});

const contractSchema = z.object({
  messages: z.record(z.string(), z.object({ fields: z.array(fieldSchema) })),
  enums: z.record(z.string(), z.object({ values: z.array(z.object({ name: z.string(), number: z.number().int() })) })),
});
export type WireContract = z.infer<typeof contractSchema>;

/** Throws when the file is not such a contract. */
export function parseWireContract(text: string): WireContract {
  return contractSchema.parse(JSON.parse(text));
}

/** Fields of a message, or values of an enum: name → its line, without `optional`. */
export type Members = ReadonlyMap<string, string>;

export function contractMembers({ messages, enums }: WireContract): Map<string, Members> {
  const members = new Map<string, Members>();
  for (const [type, { fields }] of Object.entries(messages)) {
    members.set(
      type,
      new Map(
        fields.map(({ name, number, type: kind, label, default: preset }) => [
          name,
          `${label === 'optional' ? '' : `${label} `}${kind} ${name} = ${number}${preset === undefined ? '' : ` [default = ${preset}]`}`,
        ]),
      ),
    );
  }
  for (const [type, { values }] of Object.entries(enums)) {
    members.set(type, new Map(values.map(({ name, number }) => [name, `${name} = ${number}`])));
  }
  return members;
}
