/** Removes what the kit made on an engine, known by its labels: that of one run, or that of runs whose kit is gone. */
import type { LeftoversReport } from '../target.js';
import type { Engine, Made } from './engine.js';
import { ownerIs, RUN_LABEL } from './owner.js';

/** Everything that a run made. Throws EnvironmentError. */
export async function removeRun(engine: Engine, run: string): Promise<void> {
  const made = await engine.made(RUN_LABEL);
  await removeAll(
    engine,
    made.filter(({ labels }) => labels[RUN_LABEL] === run),
  );
}

/** What runs left that ended badly; a run in progress keeps its own. Throws EnvironmentError. */
export async function removeLeftovers(engine: Engine): Promise<LeftoversReport> {
  const made = await engine.made(RUN_LABEL);
  const owned = made.map((one) => ({ one, owner: ownerIs(one.labels) }));
  const orphans = owned.filter(({ owner }) => owner === 'gone').map(({ one }) => one);
  await removeAll(engine, orphans);
  return {
    removed: [...new Set(orphans.map(({ what }) => what))].map((what) => {
      const count = orphans.filter((one) => one.what === what).length;
      return `${count} ${what}${count === 1 ? '' : 's'}`;
    }),
    left: owned.flatMap(({ one, owner }) => {
      if (owner === 'gone') return [];
      const why = owner === 'running' ? 'its run is still in progress' : 'it was made on another machine';
      return [{ name: `${one.what} ${one.name}`, why }];
    }),
  };
}

/** Containers first: an engine keeps a network that has members. */
async function removeAll(engine: Engine, made: readonly Made[]): Promise<void> {
  for (const what of ['container', 'network'] as const) {
    const ended = await Promise.allSettled(made.filter((one) => one.what === what).map((one) => engine.remove(one)));
    for (const one of ended) if (one.status === 'rejected') throw one.reason;
  }
}
