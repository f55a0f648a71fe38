/**
 * Which tags of a scenario count. It inherits those of its feature and its rule; but where it names a stage itself it runs in that
 * one and not in theirs. A rule stands in the features once, and may hold in two stages (HA-4, HA-12, LE-RETRY-1).
 */
import type { GherkinDocument, Pickle, Scenario } from '@cucumber/messages';

const isStage = ({ name }: { readonly name: string }): boolean => name.startsWith('@stage:');

export function tagsInForce(
  { tags, astNodeIds }: Pick<Pickle, 'tags' | 'astNodeIds'>,
  { feature }: Pick<GherkinDocument, 'feature'>,
): string[] {
  const scenarios = (feature?.children ?? []).flatMap(({ rule, scenario }) => [
    ...(scenario === undefined ? [] : [scenario]),
    ...(rule?.children ?? []).flatMap((child) => (child.scenario === undefined ? [] : [child.scenario])),
  ]);
  const own = ownTagIds(scenarios.find(({ id }) => astNodeIds.includes(id)));
  const isOwn = ({ astNodeId }: { readonly astNodeId: string }): boolean => own.has(astNodeId);
  const namesItsStage = tags.some((tag) => isStage(tag) && isOwn(tag));
  return tags.filter((tag) => !namesItsStage || !isStage(tag) || isOwn(tag)).map(({ name }) => name);
}

function ownTagIds(scenario: Scenario | undefined): ReadonlySet<string> {
  if (scenario === undefined) return new Set();
  return new Set([...scenario.tags, ...scenario.examples.flatMap(({ tags }) => tags)].map(({ id }) => id));
}
