/** Builds the two files of a run in memory, for tests of what is computed from them. */
import type { Attachment, Envelope, TestStepResultStatus } from '@cucumber/messages';
import type { Stage } from '../../run/capability.js';
import type { CatalogueRule } from '../../spec/catalogue.js';
import { ENVELOPE_FORMAT, type PlannedEntry, type RunEnvelope } from '../envelope.js';
import { FAILURE_MEDIA_TYPE, type FailureRecord, SEEN_MEDIA_TYPE, TRANSCRIPT_MEDIA_TYPE } from '../failure-record.js';
import { MessageReader } from '../results.js';

export type Status = `${TestStepResultStatus}`;

/** One scenario of a made-up run. */
export interface Made {
  readonly rule?: string;
  readonly name?: string;
  readonly stage?: Stage;
  readonly missing?: readonly string[];
  readonly broken?: string;
  /** Status of each step after the kit's hook; default: one step that passed. */
  readonly steps?: readonly Status[];
  readonly hook?: Status;
  readonly failure?: Partial<FailureRecord> | string;
  /** What its first step attached as seen, records or bodies that are none. */
  readonly seen?: readonly unknown[];
  /** What cucumber recorded of the failed step; only read where no failure is attached. */
  readonly exception?: string;
  /** How far it came: default, to its end. */
  readonly until?: 'not announced' | 'announced' | 'started';
  readonly repeated?: boolean;
}

export const IMPLEMENTATION: Partial<FailureRecord> = {
  blame: 'implementation',
  assertion: 'a',
  expected: 'x',
  found: 'y',
};

export const failed = (blame: FailureRecord['blame'], rule: string): Made => ({
  rule,
  steps: ['FAILED'],
  failure: blame === 'implementation' ? IMPLEMENTATION : { blame },
});

export function rules(...ids: string[]): CatalogueRule[] {
  return ids.map((text) => {
    const [id = '', keyword = 'must', profile = 'core'] = text.split(' ');
    return {
      id,
      keyword: keyword as CatalogueRule['keyword'],
      profile: profile as CatalogueRule['profile'],
      needs: [],
      source: ['kit'],
      sentence: 'it holds.',
    };
  });
}

export function madeRun(made: readonly Made[], changed: Partial<RunEnvelope> = {}) {
  const envelope: RunEnvelope = {
    format: ENVELOPE_FORMAT,
    kit: { version: '0', node: 'v20', platform: 'linux-x64' },
    run: {
      id: 'abcdef',
      seed: 's',
      startedAt: '2026-11-01T10:00:00.000Z',
      endedAt: '2026-11-01T10:01:00.000Z',
      command: 'npx om-conformance run',
      allowPartial: false,
      timeoutFactor: 1,
    },
    target: {
      kind: 'tiny',
      identity: { organization: 'o', project: 'p', version: 'v', url: 'u', contact: 'c' },
      nodes: [],
      claims: ['core'],
      stages: ['plain'],
    },
    capabilities: [],
    specification: { version: '0.1', digest: 'd', rules: rules('T-1', 'T-2', 'T-3 should', 'T-4 may', 'T-5 must ha') },
    judged: ['core'],
    selection: { paths: [], rules: [], profiles: [], tags: '', lastFailed: false },
    selected: made.length,
    plan: made.map(entryOf),
    problems: [],
    timings: { open: 0, doctor: 0, scenarios: 0, total: 0 },
    ...changed,
  };
  const reader = new MessageReader();
  for (const message of messagesOf(made)) reader.add(message);
  return { envelope, reader };
}

function entryOf(made: Made, index: number): PlannedEntry {
  const { rule, missing, broken } = made;
  return {
    uri: 'features/t.feature',
    line: index + 1,
    name: made.name ?? `scenario ${index}`,
    ...(rule === undefined ? {} : { rule }),
    disruptive: false,
    decision:
      missing !== undefined
        ? { kind: 'not-verified', missing: [...missing] }
        : broken !== undefined
          ? { kind: 'broken', why: broken }
          : { kind: 'run', stage: made.stage ?? 'plain' },
  };
}

function messagesOf(all: readonly Made[]): Envelope[] {
  const pickles = all.map((made, index) => pickleOf(made, index));
  const running = [...all.entries()].filter(([, { missing, broken }]) => missing === undefined && broken === undefined);
  const announced = running.filter(([, { until }]) => until !== 'not announced');
  return [
    ...pickles,
    ...announced.map(([index, made]) => testCaseOf(made, index)),
    ...announced.flatMap(([index, made]) => (made.until === 'announced' ? [] : attempt(made, index, 0))),
    ...announced.flatMap(([index, made]) =>
      made.repeated === true ? attempt({ ...made, steps: ['PASSED'] }, index, 1) : [],
    ),
  ];
}

const stepsOf = ({ steps }: Made): readonly Status[] => steps ?? ['PASSED'];

function pickleOf(made: Made, index: number): Envelope {
  return {
    pickle: {
      id: `p${index}`,
      uri: 'features/t.feature',
      location: { line: index + 1 },
      name: made.name ?? `scenario ${index}`,
      language: 'en',
      steps: stepsOf(made).map((_, i) => ({
        id: `p${index}.${i}`,
        text: `step ${i}`,
        type: 'Outcome',
        astNodeIds: [],
      })),
      tags: [],
      astNodeIds: [],
    },
  } as Envelope;
}

function testCaseOf(made: Made, index: number): Envelope {
  const steps = stepsOf(made).map((_, i) => ({ id: `t${index}.${i}`, pickleStepId: `p${index}.${i}` }));
  return {
    testCase: { id: `t${index}`, pickleId: `p${index}`, testSteps: [{ id: `t${index}.hook`, hookId: 'h' }, ...steps] },
  };
}

function attempt(made: Made, index: number, number: number): Envelope[] {
  const id = `a${index}.${number}`;
  const timestamp = { seconds: 0, nanos: 0 };
  const finish = (testStepId: string, status: Status): Envelope => ({
    testStepFinished: {
      testCaseStartedId: id,
      testStepId,
      testStepResult: {
        status: status as TestStepResultStatus,
        duration: { seconds: 0, nanos: 1_000_000 },
        ...(status === 'FAILED' && made.exception ? { exception: { type: made.exception, message: 'it threw' } } : {}),
      },
      timestamp,
    },
  });
  const steps = stepsOf(made).flatMap((status, i) => [
    ...(status === 'FAILED' ? attachments(made, id, `t${index}.${i}`) : []),
    ...(i === 0 ? (made.seen ?? []).map((seen) => seenAttachment(seen, id, `t${index}.${i}`)) : []),
    finish(`t${index}.${i}`, status),
  ]);
  return [
    { testCaseStarted: { id, testCaseId: `t${index}`, attempt: number, timestamp } },
    finish(`t${index}.hook`, made.hook ?? 'PASSED'),
    ...(made.until === 'started'
      ? []
      : [...steps, { testCaseFinished: { testCaseStartedId: id, timestamp, willBeRetried: made.repeated === true } }]),
  ];
}

function seenAttachment(seen: unknown, testCaseStartedId: string, testStepId: string): Envelope {
  const body = JSON.stringify({ seen });
  const mediaType = SEEN_MEDIA_TYPE;
  return { attachment: { body, contentEncoding: 'IDENTITY', mediaType, testCaseStartedId, testStepId } as Attachment };
}

function attachments({ failure }: Made, testCaseStartedId: string, testStepId: string): Envelope[] {
  if (failure === undefined) return [];
  const record = { status: 'failed', keyword: 'Then', step: 's', message: 'it failed', calls: [1] };
  const body = typeof failure === 'string' ? failure : JSON.stringify({ ...record, ...failure });
  const attachment = (mediaType: string, text: string): Envelope => ({
    attachment: { body: text, contentEncoding: 'IDENTITY', mediaType, testCaseStartedId, testStepId } as Attachment,
  });
  const call = {
    number: 1,
    node: 'om1',
    command: 'Echo',
    request: '{}',
    metadata: {},
    answer: '{}',
    trailers: {},
    sentAtMs: 1,
  };
  return [attachment(FAILURE_MEDIA_TYPE, body), attachment(TRANSCRIPT_MEDIA_TYPE, JSON.stringify([call]))];
}
