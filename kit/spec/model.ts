/**
 * The features as rules and scenarios with their own tags, texts and lines: what checks, `list` and `explain` look at. It
 * judges nothing.
 */
import type { Background, Feature, GherkinDocument, Scenario, Step } from '@cucumber/messages';
import { readTags, type Tags } from './tags.js';

export interface FeatureModel {
  readonly uri: string;
  readonly line: number;
  readonly title: string;
  readonly tags: Tags;
  /** Prose, trimmed. */
  readonly prose: string;
  readonly background: BackgroundModel | undefined;
  readonly rules: readonly RuleModel[];
  /** Scenarios outside of any rule. */
  readonly stray: readonly ScenarioModel[];
}

export interface RuleModel {
  readonly uri: string;
  readonly line: number;
  readonly title: string;
  /** Own tags, without the feature's. */
  readonly tags: Tags;
  /** Prose, trimmed. */
  readonly prose: string;
  readonly background: BackgroundModel | undefined;
  readonly scenarios: readonly ScenarioModel[];
}

export interface ScenarioModel {
  /** Id of the node that its pickles refer to. */
  readonly id: string;
  readonly uri: string;
  readonly line: number;
  readonly title: string;
  /** Own tags, those of its tables of examples included. */
  readonly tags: Tags;
  readonly prose: string;
  readonly steps: readonly StepModel[];
}

export interface BackgroundModel {
  readonly line: number;
  readonly steps: readonly StepModel[];
}

export interface StepModel {
  readonly line: number;
  /** `Context`, `Action` or `Outcome`; And and But are what the step before them is. */
  readonly kind: 'Context' | 'Action' | 'Outcome';
  /** Written with its own keyword: not an And or a But. */
  readonly leads: boolean;
  readonly text: string;
}

export function modelOf(documents: readonly GherkinDocument[]): FeatureModel[] {
  return documents
    .flatMap(({ uri, feature }) => (uri === undefined || feature === undefined ? [] : [featureOf(uri, feature)]))
    .sort((a, b) => (a.uri < b.uri ? -1 : 1));
}

function featureOf(uri: string, feature: Feature): FeatureModel {
  const { children } = feature;
  return {
    uri,
    line: feature.location.line,
    title: feature.name,
    tags: tagsOf(feature.tags),
    prose: feature.description.trim(),
    background: backgroundOf(children),
    rules: children.flatMap(({ rule }) =>
      rule === undefined
        ? []
        : [
            {
              uri,
              line: rule.location.line,
              title: rule.name,
              tags: tagsOf(rule.tags),
              prose: rule.description.trim(),
              background: backgroundOf(rule.children),
              scenarios: scenariosOf(uri, rule.children),
            },
          ],
    ),
    stray: scenariosOf(uri, children),
  };
}

type Children = readonly { readonly background?: Background; readonly scenario?: Scenario }[];

function backgroundOf(children: Children): BackgroundModel | undefined {
  const found = children.find(({ background }) => background !== undefined)?.background;
  return found && { line: found.location.line, steps: stepsOf(found.steps) };
}

function scenariosOf(uri: string, children: Children): ScenarioModel[] {
  return children.flatMap(({ scenario }) =>
    scenario === undefined
      ? []
      : [
          {
            id: scenario.id,
            uri,
            line: scenario.location.line,
            title: scenario.name,
            tags: tagsOf([...scenario.tags, ...scenario.examples.flatMap(({ tags }) => tags)]),
            prose: scenario.description.trim(),
            steps: stepsOf(scenario.steps),
          },
        ],
  );
}

function stepsOf(steps: readonly Step[]): StepModel[] {
  let kind: StepModel['kind'] = 'Context';
  return steps.map(({ keywordType, location, text }) => {
    const leads = keywordType === 'Context' || keywordType === 'Action' || keywordType === 'Outcome';
    if (leads) kind = keywordType;
    return { line: location.line, kind, leads, text };
  });
}

function tagsOf(tags: readonly { readonly name: string }[]): Tags {
  return readTags(tags.map(({ name }) => name));
}
