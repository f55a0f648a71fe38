/** Short ways to say what the model's tests do. */
import type { BucketPlace, Command, Commit, KeyPlace, NewBucket, NewKey } from '../command.js';
import { EMPTY, type State } from '../state.js';
import { step } from '../step.js';

const bucket = (name: string, more: Partial<NewBucket>): NewBucket => ({
  kind: 'create-bucket',
  volume: 'one',
  bucket: name,
  layout: 'OBJECT_STORE',
  versioned: false,
  metadata: {},
  ...more,
});

export const box = bucket('box', {});
export const bag = bucket('bag', {});
export const tree = bucket('tree', { layout: 'FILE_SYSTEM_OPTIMIZED' });
export const link = bucket('link', { source: { volume: 'one', bucket: 'box' } });

export function key({ volume, bucket: name }: BucketPlace, key: string): KeyPlace {
  return { volume, bucket: name, key };
}

/** A key that is opened, and its commit. */
export function committed(place: BucketPlace, name: string): [NewKey, Commit] {
  const wanted = { metadata: {}, tags: {}, replication: 'RATIS/ONE', dataSize: 0 } as const;
  return [
    { kind: 'create-key', ...key(place, name), ...wanted },
    { kind: 'commit-key', session: 0, metadata: {}, dataSize: 0 },
  ];
}

/** The state after commands of which each succeeds. */
export function stateAfter(commands: readonly Command[]): State {
  return commands.reduce((state, command) => {
    const done = step(state, command).find(({ status }) => status === 'OK');
    if (done === undefined) throw new Error(`${command.kind} does not succeed`);
    return done.state;
  }, EMPTY);
}

export function statusesOf(state: State, command: Command): readonly string[] {
  return step(state, command).map(({ status }) => status);
}
