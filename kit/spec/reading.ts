/**
 * The specification as cucumber reads it: parsed features, compiled scenarios, and which step definition carries which step.
 * So a check sees what a run sees.
 */
import type { GherkinDocument, ParseError, Pickle, StepDefinition, TestCase } from '@cucumber/messages';

export interface Reading {
  readonly documents: readonly GherkinDocument[];
  readonly pickles: readonly Pickle[];
  readonly stepDefinitions: readonly StepDefinition[];
  readonly testCases: readonly TestCase[];
  readonly parseErrors: readonly ParseError[];
}
