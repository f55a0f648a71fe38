/**
 * Brings the state files of a directory in order before a node starts: looks what is there, carries out the plan, and removes
 * what crashes have left. Safe to be interrupted and run again at any point.
 */
import { copyFileSync, existsSync, readdirSync, renameSync } from 'node:fs';
import { ReferenceFailure } from '../errors.js';
import { removeFiles, renameDurably, syncPath } from './durable-files.js';
import type { LogHead } from './log-heads.js';
import { type FoundState, planRecovery } from './recovery-plan.js';
import { StateFiles } from './snapshot-files.js';
import { explained, type Sqlite } from './sqlite.js';
import { type OpenStateOptions, openState, readPosition, verifyStateFile } from './state-database.js';

/** Points of a replacement between which a crash must leave files that recover. */
export type ReplaceStep = 'cleared' | 'renamed' | 'synced';

/**
 * Puts a complete state file in the place of the live one, which nobody has open. The old file's write-ahead log goes first:
 * beside the new file SQLite would take it for its own.
 */
export function replaceLive(files: StateFiles, from: string, onStep?: (step: ReplaceStep) => void): void {
  removeFiles(...StateFiles.companions(files.live));
  syncPath(files.directory);
  onStep?.('cleared');
  renameSync(from, files.live);
  onStep?.('renamed');
  syncPath(files.directory);
  onStep?.('synced');
}

/**
 * Recovers one group's state against its log. Throws `STATE_DAMAGED`, `STATE_BEHIND_LOG`, `LOG_BEHIND_STATE`,
 * `SNAPSHOT_DAMAGED`, or what opening the state throws; nothing was changed then but unfinished files removed.
 */
export function recover(
  sqlite: Sqlite,
  files: StateFiles,
  head: LogHead | undefined,
  options: OpenStateOptions,
  onStep?: (step: ReplaceStep) => void,
): void {
  explained({ file: files.live, damaged: 'STATE_DAMAGED' }, () => {
    removeFiles(files.partial);
    const names = readdirSync(files.directory);
    const incoming = files.indexesOf('incoming', names);
    const { state, failure } = look(sqlite, files, options);
    const plan = planRecovery(head, { state, incoming, snapshots: files.indexesOf('snapshot', names) });
    switch (plan.action) {
      case 'keep':
      case 'begin':
        break;
      case 'finish-installation': {
        const file = files.copy('incoming', plan.index);
        verifyStateFile(sqlite, { file, damaged: 'SNAPSHOT_DAMAGED' }, options.identity);
        replaceLive(files, file, onStep);
        break;
      }
      case 'restore': {
        const file = files.copy('snapshot', plan.index);
        verifyStateFile(sqlite, { file, damaged: 'SNAPSHOT_DAMAGED' }, options.identity);
        copyFileSync(file, files.partial);
        syncPath(files.partial);
        renameDurably(files.partial, files.live);
        break;
      }
      case 'refuse':
        throw failure ?? refusal(files, head, state);
    }
    for (const index of incoming) removeFiles(files.copy('incoming', index));
  });
}

function look(
  sqlite: Sqlite,
  files: StateFiles,
  options: OpenStateOptions,
): { readonly state: FoundState; readonly failure?: ReferenceFailure } {
  if (!existsSync(files.live)) {
    // Left by someone who moved a damaged file away: it belongs to that file, not to the one that is made next.
    removeFiles(...StateFiles.companions(files.live));
    return { state: { kind: 'missing' } };
  }
  try {
    const database = openState(sqlite, files.live, options);
    const { index } = readPosition(database, { file: files.live, damaged: 'STATE_DAMAGED' });
    database.close();
    return { state: { kind: 'present', applied: index } };
  } catch (error) {
    if (!(error instanceof ReferenceFailure) || error.code !== 'STATE_DAMAGED') throw error;
    return { state: { kind: 'damaged' }, failure: error };
  }
}

function refusal(files: StateFiles, head: LogHead | undefined, state: FoundState): ReferenceFailure {
  const { cutIndex, lastIndex } = head ?? { cutIndex: 0, lastIndex: 0 };
  const applied = state.kind === 'present' ? `has applied up to ${state.applied}` : 'is missing';
  const found = `${files.live}: the state of group ${files.group} ${applied}; its log holds ${cutIndex + 1} … ${lastIndex}`;
  const ahead = state.kind === 'present' && state.applied > lastIndex;
  return new ReferenceFailure(ahead ? 'LOG_BEHIND_STATE' : 'STATE_BEHIND_LOG', found);
}
