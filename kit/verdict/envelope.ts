/**
 * `envelope.json`: everything about a run that Cucumber Messages do not say — who was tested, what was planned and why, in
 * which order, with which rules. Messages and envelope together are what a verdict is computed from; nothing else is.
 */
import { z } from 'zod';
import { CAPABILITIES, PROFILES, STAGES } from '../run/capability.js';
import { ruleSchema } from '../spec/catalogue.js';
import { deviationSchema } from './baseline.js';

export const ENVELOPE_FORMAT = 'om-conformance-envelope/1.0';

const identitySchema = z.object({
  organization: z.string(),
  project: z.string(),
  version: z.string(),
  url: z.string(),
  contact: z.string(),
});

const plannedSchema = z.object({
  uri: z.string(),
  line: z.number().int(),
  name: z.string(),
  rule: z.string().optional(),
  disruptive: z.boolean(),
  decision: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('run'), stage: z.enum(STAGES) }),
    z.object({
      kind: z.literal('not-verified'),
      stage: z.enum(STAGES).optional(),
      missing: z.array(z.string()).min(1),
    }),
    z.object({ kind: z.literal('broken'), why: z.string() }),
  ]),
});

const problemSchema = z.object({
  /** Code in the registry of errors. */
  code: z.string(),
  message: z.string(),
  blame: z.enum(['harness', 'environment']),
});

const summarySchema = z.object({
  exit: z.number().int(),
  profiles: z.array(
    z.object({
      profile: z.enum(PROFILES),
      verdict: z.string(),
      verified: z.number().int(),
      total: z.number().int(),
    }),
  ),
  counts: z.record(z.string(), z.number().int()),
  /** `uri: title` of every scenario that ended otherwise than passed or not-verified; `--last-failed` reads it. */
  failed: z.array(z.string()),
});

export const envelopeSchema = z.object({
  format: z.literal(ENVELOPE_FORMAT),
  kit: z.object({ version: z.string(), node: z.string(), platform: z.string() }),
  run: z.object({
    id: z.string(),
    seed: z.string(),
    startedAt: z.string(),
    endedAt: z.string(),
    /** The command that repeats this run. */
    command: z.string(),
    allowPartial: z.boolean(),
    timeoutFactor: z.number(),
  }),
  /** Absent when the target could not be opened, or nothing was selected. */
  target: z
    .object({
      kind: z.string(),
      identity: identitySchema,
      nodes: z.array(z.object({ id: z.string(), address: z.string() })),
      claims: z.array(z.enum(PROFILES)),
      stages: z.array(z.enum(STAGES)),
    })
    .optional(),
  capabilities: z.array(z.enum(CAPABILITIES)),
  specification: z.object({
    version: z.string(),
    /** sha256 over the features and the catalogue. */
    digest: z.string(),
    rules: z.array(ruleSchema),
  }),
  /** Profiles that get a verdict. */
  judged: z.array(z.enum(PROFILES)),
  selection: z.object({
    paths: z.array(z.string()),
    rules: z.array(z.string()),
    profiles: z.array(z.enum(PROFILES)),
    tags: z.string(),
    lastFailed: z.boolean(),
  }),
  /** Scenarios that the selection matched, counted before anything was decided about them. */
  selected: z.number().int(),
  /** Every selected scenario and stage; those that run stand in the order in which they run. */
  plan: z.array(plannedSchema),
  /** Why the run ended before its plan did. */
  stopped: z.enum(['interrupted', 'fail-fast']).optional(),
  /** What went wrong outside of scenarios. */
  problems: z.array(problemSchema),
  deviations: z.array(deviationSchema).optional(),
  /** Milliseconds. */
  timings: z.object({ open: z.number(), doctor: z.number(), scenarios: z.number(), total: z.number() }),
  /** What came out, for readers of this file alone. Never read by `judge`. */
  summary: summarySchema.optional(),
});

/** Reads the text of an `envelope.json`. Throws an Error that names the first wrong place. */
export function parseEnvelope(text: string): RunEnvelope {
  const parsed = envelopeSchema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`envelope: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not valid'}`);
}

/** Facts of a run, as the verdict uses them. */
export type RunEnvelope = z.infer<typeof envelopeSchema>;
export type PlannedEntry = RunEnvelope['plan'][number];
export type Problem = RunEnvelope['problems'][number];
