/**
 * The namespace as the rules have it: for a state and a command, what may come of it. Written from the catalogue (NS-*) and from what
 * real Ozone was seen to answer, never from the bundled cluster, so that one mistake cannot agree with itself.
 */
import { bucketStep } from './buckets.js';
import type { Command } from './command.js';
import { fileStep } from './files.js';
import { keyStep } from './keys.js';
import type { Outcome } from './outcome.js';
import { sessionStep } from './sessions.js';
import type { State } from './state.js';
import { volumeStep } from './volumes.js';

/** @returns none for a command that cannot be sent, such as a commit before anything was opened */
export function step(state: State, command: Command): readonly Outcome[] {
  switch (command.kind) {
    case 'create-volume':
    case 'set-volume':
    case 'info-volume':
    case 'delete-volume':
      return volumeStep(state, command);
    case 'create-bucket':
    case 'set-bucket':
    case 'info-bucket':
    case 'delete-bucket':
    case 'list-buckets':
      return bucketStep(state, command);
    case 'create-key':
    case 'create-file':
    case 'commit-key':
    case 'allocate-block':
      return sessionStep(state, command);
    case 'lookup-key':
    case 'get-key-info':
    case 'get-tags':
    case 'put-tags':
    case 'delete-tags':
    case 'delete-key':
    case 'delete-keys':
    case 'rename-key':
    case 'rename-keys':
    case 'list-keys':
      return keyStep(state, command);
    case 'create-directory':
    case 'get-file-status':
    case 'list-status':
      return fileStep(state, command);
  }
}
