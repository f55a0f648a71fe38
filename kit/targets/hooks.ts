/** The hooks of a target file as actions on nodes: one shell command per capability (harness-contracts.md §1). */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Capability, Stage } from '../run/capability.js';
import type { ConfigurationKeys } from '../run/stages.js';
import { fillIn, runCommand } from './command.js';
import type { HookSpec, HooksSpec } from './schema.js';

type NodeHook = 'restart-node' | 'kill-node' | 'freeze-node' | 'isolate-node';

const DEFAULT_TIMEOUT_MS = 60_000;

export interface HookContext {
  /** Folder of the target file, in which commands run. */
  readonly folder: string;
  readonly timeoutFactor: number;
  /** On top of the environment of the kit. */
  readonly env?: Readonly<Record<string, string>>;
}

export class Hooks {
  constructor(
    private readonly spec: HooksSpec,
    private readonly context: HookContext,
  ) {}

  /** Capabilities that the file claims by its hooks. */
  get capabilities(): ReadonlySet<Capability> {
    const named = Object.entries(this.spec).flatMap(([name, hook]) =>
      hook === undefined ? [] : [name as keyof HooksSpec],
    );
    return new Set<Capability>(named);
  }

  /** Of these, those that the file has no hook for, with that as the reason. */
  lacking(names: readonly (keyof HooksSpec)[]): [Capability, string][] {
    return names.filter((name) => !this.has(name)).map((name) => [name, 'the target file has no hook for it']);
  }

  has(name: keyof HooksSpec): boolean {
    return this.spec[name] !== undefined;
  }

  /** @throws EnvironmentError HOOK_FAILED */
  async run(name: NodeHook, node: string): Promise<void> {
    await this.execute(name, this.spec[name], { node }, ` for ${node}`);
  }

  /** Takes back what `run` did, for the hooks that can. @throws EnvironmentError HOOK_FAILED */
  async undo(name: 'freeze-node' | 'isolate-node', node: string): Promise<void> {
    const hook = this.spec[name];
    const undo = hook === undefined ? undefined : { command: hook.undo, timeoutMs: hook.timeoutMs };
    await this.execute(name, undo, { node }, `, undo for ${node}`);
  }

  /** Hands the keys of a stage over in a properties file. @throws EnvironmentError HOOK_FAILED */
  async configure(stage: Stage, keys: ConfigurationKeys): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), 'om-conformance-'));
    try {
      const file = join(folder, `${stage}.properties`);
      writeFileSync(
        file,
        Object.entries(keys)
          .map(([key, value]) => `${key}=${value}\n`)
          .join(''),
      );
      await this.execute('configure', this.spec.configure, { stage, file }, ` for stage ${stage}`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  private async execute(
    name: keyof HooksSpec,
    hook: HookSpec | undefined,
    values: Readonly<Record<string, string>>,
    whom: string,
  ): Promise<void> {
    if (hook === undefined) throw new Error(`the target has no hook ${name}`);
    const { command, timeoutMs } = typeof hook === 'string' ? { command: hook, timeoutMs: DEFAULT_TIMEOUT_MS } : hook;
    await runCommand(fillIn(command, values), {
      purpose: `hook ${name}${whom}`,
      cwd: this.context.folder,
      timeoutMs: Math.ceil(timeoutMs * this.context.timeoutFactor),
      ...(this.context.env === undefined ? {} : { env: this.context.env }),
    });
  }
}
