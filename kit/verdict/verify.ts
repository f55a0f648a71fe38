/**
 * Computes the verdict of a report from its two files. What `run` prints is exactly this, read back from disk: so a verdict
 * can be computed again later, by others.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FILES } from '../report/folder.js';
import { readMessages } from '../report/messages-file.js';
import { parseEnvelope, type RunEnvelope } from './envelope.js';
import { judge } from './judge.js';
import { MessageReader } from './results.js';
import type { RunVerdict } from './verdict.js';

/** Throws when a file is missing or cannot be read. */
export async function verdictOf(folder: string): Promise<{ envelope: RunEnvelope; verdict: RunVerdict }> {
  const envelope = parseEnvelope(readFileSync(join(folder, FILES.envelope), 'utf8'));
  const messages = new MessageReader();
  for await (const message of readMessages(join(folder, FILES.messages))) messages.add(message);
  return { envelope, verdict: judge(envelope, messages) };
}
