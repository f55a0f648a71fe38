/**
 * The cucumber plugin: hands messages and pickles to the session and lets it decide what runs and in which order. The one
 * engine behind both doors (design §6); it knows cucumber's types and nothing of conformance.
 */
import type { IFilterablePickle, Plugin } from '@cucumber/cucumber/api';
import type { OpenCluster } from '../run/cluster.js';
import type { SelectedScenario } from '../run/plan.js';
import type { Session } from '../run/session.js';
import { activeSession } from './active.js';
import { finishStandalone, startStandalone } from './standalone.js';
import { tagsInForce } from './tags-in-force.js';

/** Options in cucumber's configuration, under `omConformance`. */
export interface PluginOptions {
  /** A dry run executes nothing, so there is nothing to open and nothing to judge. */
  readonly dryRun?: boolean;
}

/** @param open opens the cluster of a run that cucumber's own command line started */
export function conformancePlugin(open: OpenCluster): Plugin<PluginOptions> {
  return {
    type: 'plugin',
    optionsKey: 'omConformance',
    coordinator({ operation, on, transform, options, environment }) {
      if (operation !== 'runCucumber' || options.dryRun === true) return;
      const started = activeSession();
      const session = started ?? startStandalone(open, environment);
      on('paths:resolve', ({ unexpandedSourcePaths }) => session.reads(unexpandedSourcePaths));
      on('message', (message) => session.message(message));
      // After cucumber's own filters and order, whatever they were told: the selection is theirs, the order is the run's.
      transform('pickles:order', (pickles) => plan(session, pickles));
      return started === undefined ? () => finishStandalone(session, environment) : undefined;
    },
  };
}

async function plan(session: Session, pickles: readonly IFilterablePickle[]): Promise<IFilterablePickle[]> {
  const positions = await session.plan(pickles.map(scenarioOf));
  return positions.flatMap((position) => pickles[position] ?? []);
}

function scenarioOf({ pickle, gherkinDocument, location }: IFilterablePickle): SelectedScenario {
  return { uri: pickle.uri, line: location.line, name: pickle.name, tags: tagsInForce(pickle, gherkinDocument) };
}

/** Loaded when a cluster is opened: clients and targets are of no use to a selection that matches nothing. */
const openLiveCluster: OpenCluster = async (...asked) =>
  (await import('../run/live-cluster.js')).openLiveCluster(...asked);

export default conformancePlugin(openLiveCluster);
