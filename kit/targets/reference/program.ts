/** Where the bundled cluster's program is, how it is called, and the one line by which it says that it listens. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { EnvironmentError } from '../../failure.js';

/** From `dist/kit/targets/reference/`. The kit runs this file and never imports it. */
const PROGRAM = fileURLToPath(new URL('../../../reference/cli/main.js', import.meta.url));

/** @throws EnvironmentError REFERENCE_NOT_BUILT */
export function referenceProgram(given = PROGRAM): string {
  if (!existsSync(given)) throw new EnvironmentError('REFERENCE_NOT_BUILT', `the reference cluster is not at ${given}`);
  return given;
}

/**
 * How `om-reference start` runs a node, too: a small young generation and one malloc arena, or each node keeps some 50 MB that
 * nothing lives in.
 */
export const NODE_FLAGS: readonly string[] = ['--max-semi-space-size=8'];
export const NODE_ENVIRONMENT: Readonly<Record<string, string>> = { MALLOC_ARENA_MAX: '1' };

export interface NodeArguments {
  readonly id: string;
  readonly dataDir: string;
  readonly cluster: string;
  /** Node id → host:port of node-to-node traffic, this node included. */
  readonly peers: ReadonlyMap<string, string>;
  readonly listen: string;
  readonly control: string;
  readonly keys: Readonly<Record<string, string>>;
}

export function nodeArguments(node: NodeArguments): string[] {
  const peers = [...node.peers].map(([id, address]) => `${id}=${address}`).join(',');
  return [
    'node',
    ...['--id', node.id],
    ...['--data', node.dataDir],
    ...['--cluster', node.cluster],
    ...['--peers', peers],
    ...['--listen', node.listen],
    ...['--control', node.control],
    ...Object.entries(node.keys).flatMap(([key, value]) => ['--set', `${key}=${value}`]),
  ];
}

const listening = z.object({ node: z.string(), om: z.string(), control: z.string() });

/** Collects standard output until the line that says that the node listens. */
export class ListeningLine {
  private text = '';
  private readonly heard: Promise<void>;
  private resolve: () => void = () => {};

  constructor(private readonly node: string) {
    this.heard = new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  /** Resolves once the node listens. */
  get seen(): Promise<void> {
    return this.heard;
  }

  take(chunk: string): void {
    if (this.text.length > 64 * 1024) return;
    this.text += chunk;
    const complete = this.text.split('\n').slice(0, -1);
    if (complete.some((line) => this.isListening(line))) this.resolve();
  }

  private isListening(line: string): boolean {
    try {
      return listening.parse(JSON.parse(line)).node === this.node;
    } catch {
      return false; // Another line, for people.
    }
  }
}
