/**
 * `features/catalogue.json`: the rules that this version specifies, and nothing about how they are tested. A profile's
 * verdict counts exactly these (harness-contracts.md §4).
 */
import { z } from 'zod';
import { CAPABILITIES, PROFILES } from '../run/capability.js';
import { KEYWORDS, RULE_ID } from './tags.js';

const ruleSchema = z.strictObject({
  /** Permanent id, never renumbered. */
  id: z.string().regex(RULE_ID),
  keyword: z.enum(KEYWORDS),
  profile: z.enum(PROFILES),
  /** Capabilities without which the rule cannot be verified. */
  needs: z.array(z.enum(CAPABILITIES)),
  /** Where the rule comes from: `oz`, `hdfs`, `kit` or a design document's number, as docs/spec/catalogue.md names them. */
  source: z.array(z.string().regex(/^(?:oz|hdfs|kit|00\d)$/)).min(1),
  sentence: z.string().min(1),
});

const catalogueSchema = z.strictObject({
  /** Version of the specification, `major.minor`. */
  specification: z.string().regex(/^\d+\.\d+$/),
  rules: z.array(ruleSchema).superRefine((rules, context) => {
    const seen = new Set<string>();
    for (const [index, { id }] of rules.entries()) {
      if (seen.has(id)) context.addIssue({ code: 'custom', message: `rule ${id} appears twice`, path: [index, 'id'] });
      seen.add(id);
    }
  }),
});

export type CatalogueRule = z.infer<typeof ruleSchema>;
export type Catalogue = z.infer<typeof catalogueSchema>;
export { ruleSchema };

/** Reads the text of a catalogue. Throws an Error that names the first wrong place. */
export function parseCatalogue(text: string): Catalogue {
  const parsed = catalogueSchema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`catalogue: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not valid'}`);
}

/** The text of a catalogue, as the formatter leaves it: short lists stay on their line. */
export function formatCatalogue(catalogue: Catalogue): string {
  const text = JSON.stringify(catalogue, undefined, 2);
  return `${text.replace(/\[\s+("[^"]*"(?:,\s+"[^"]*")*)\s+\]/g, (_, items: string) => `[${items.replace(/,\s+/g, ', ')}]`)}\n`;
}
