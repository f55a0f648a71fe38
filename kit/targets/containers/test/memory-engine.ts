/**
 * An engine that only remembers: containers with a state, networks with members. What a real engine would refuse, it refuses. With
 * `run`, each container has a process that serves on the published port, and it is ended, frozen and woken with the container.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { EnvironmentError } from '../../../failure.js';
import type { ContainerSpec, ContainerState, Engine, Labels, Made, NetworkSpec } from '../engine.js';

interface Box {
  readonly spec: ContainerSpec;
  is: 'created' | 'running' | 'frozen' | 'ended';
  exitCode: number;
  process: ChildProcess | undefined;
}

interface Net {
  readonly spec: NetworkSpec;
  /** Container → address. */
  readonly members: Map<string, string>;
}

export interface MemoryEngineOptions {
  readonly images?: readonly string[];
  /** What a container runs; without it, nothing. */
  readonly run?: (spec: ContainerSpec) => readonly string[];
  /** Asked before every call; what it throws, the engine throws. */
  readonly before?: (call: string, spec: unknown) => void;
}

export class MemoryEngine implements Engine {
  readonly name = 'memory';
  readonly boxes = new Map<string, Box>();
  readonly nets = new Map<string, Net>();
  readonly pulled: string[] = [];
  readonly #images: Set<string>;
  #count = 0;

  constructor(private readonly options: MemoryEngineOptions = {}) {
    this.#images = new Set(options.images ?? ['om']);
  }

  /** Containers of this network. */
  membersOf(name: string): string[] {
    const net = [...this.nets.values()].find(({ spec }) => spec.name.endsWith(name));
    return [...(net?.members.keys() ?? [])].map((id) => this.boxOf(id).spec.name);
  }

  /** Containers that somebody else made. */
  plant(what: Made['what'], name: string, labels: Labels): void {
    const id = this.#next(what);
    if (what === 'network') this.nets.set(id, { spec: { name, labels, internal: false }, members: new Map() });
    else this.boxes.set(id, { spec: specOf(name, labels), is: 'running', exitCode: 0, process: undefined });
  }

  async hasImage(image: string): Promise<boolean> {
    return this.#images.has(image);
  }

  async pull(image: string): Promise<void> {
    this.#ask('pull', image);
    this.pulled.push(image);
    this.#images.add(image);
  }

  async createNetwork(spec: NetworkSpec): Promise<string | undefined> {
    this.#ask('createNetwork', spec);
    if (spec.subnet !== undefined && [...this.nets.values()].some((net) => net.spec.subnet === spec.subnet)) {
      return undefined;
    }
    const id = this.#next('network');
    this.nets.set(id, { spec, members: new Map() });
    return id;
  }

  async connect(network: string, container: string, address: string): Promise<void> {
    this.#ask('connect', { network, container });
    const { members } = this.#netOf(network);
    if (members.has(container)) throw refused('it is connected already');
    if ([...members.values()].includes(address)) throw refused('the address is in use');
    members.set(container, address);
  }

  async disconnect(network: string, container: string): Promise<void> {
    this.#ask('disconnect', { network, container });
    if (!this.#netOf(network).members.delete(container)) throw refused('it is not connected');
  }

  async createContainer(spec: ContainerSpec): Promise<string> {
    this.#ask('createContainer', spec);
    if (!this.#images.has(spec.image)) throw refused(`no such image ${spec.image}`);
    const net = [...this.nets.values()].find((one) => one.spec.name === spec.network);
    if (net === undefined) throw refused(`no such network ${spec.network}`);
    const id = this.#next('container');
    this.boxes.set(id, { spec, is: 'created', exitCode: 0, process: undefined });
    net.members.set(id, 'any');
    return id;
  }

  async start(container: string): Promise<void> {
    const box = this.boxOf(container);
    this.#ask('start', box.spec);
    if (box.is === 'running' || box.is === 'frozen') throw refused('it runs already');
    box.is = 'running';
    const words = this.options.run?.(box.spec);
    if (words === undefined) return;
    const child = spawn(process.execPath, words, { stdio: 'ignore' });
    box.process = child;
    child.once('exit', (code) => {
      if (box.process !== child) return;
      box.is = 'ended';
      box.exitCode = code ?? 137;
    });
  }

  async stop(container: string): Promise<void> {
    const box = this.boxOf(container);
    this.#ask('stop', box.spec);
    if (box.is === 'frozen') throw refused('it is paused');
    await end(box, 0);
  }

  async kill(container: string): Promise<void> {
    const box = this.boxOf(container);
    this.#ask('kill', box.spec);
    if (box.is !== 'running' && box.is !== 'frozen') throw refused('it does not run');
    await end(box, 137);
  }

  async pause(container: string): Promise<void> {
    const box = this.boxOf(container);
    this.#ask('pause', box.spec);
    if (box.is !== 'running') throw refused(`it is ${box.is}`);
    box.process?.kill('SIGSTOP');
    box.is = 'frozen';
  }

  async unpause(container: string): Promise<void> {
    const box = this.boxOf(container);
    this.#ask('unpause', box.spec);
    if (box.is !== 'frozen') throw refused(`it is ${box.is}`);
    box.process?.kill('SIGCONT');
    box.is = 'running';
  }

  async state(container: string): Promise<ContainerState> {
    const { is, exitCode } = this.boxOf(container);
    return is === 'running' || is === 'frozen' ? { is } : { is: 'ended', exitCode };
  }

  async log(container: string): Promise<string> {
    return `log of ${this.boxOf(container).spec.name}\n`;
  }

  async made(label: string): Promise<readonly Made[]> {
    const all = [
      ...[...this.boxes].map(([id, { spec }]) => ({ what: 'container' as const, id, ...spec })),
      ...[...this.nets].map(([id, { spec }]) => ({ what: 'network' as const, id, ...spec })),
    ];
    return all
      .filter(({ labels }) => label in labels)
      .map(({ what, id, name, labels }) => ({ what, id, name, labels }));
  }

  async remove({ what, id }: Pick<Made, 'what' | 'id'>): Promise<void> {
    this.#ask('remove', { what, id });
    if (what === 'container') {
      const box = this.boxes.get(id);
      if (box !== undefined) await end(box, 137);
      this.boxes.delete(id);
      for (const { members } of this.nets.values()) members.delete(id);
      return;
    }
    if ((this.nets.get(id)?.members.size ?? 0) > 0) throw refused('the network has members');
    this.nets.delete(id);
  }

  boxOf(container: string): Box {
    const box = this.boxes.get(container);
    if (box === undefined) throw refused(`no such container ${container}`);
    return box;
  }

  #netOf(network: string): Net {
    const net = this.nets.get(network);
    if (net === undefined) throw refused(`no such network ${network}`);
    return net;
  }

  #ask(call: string, spec: unknown): void {
    this.options.before?.(call, spec);
  }

  #next(what: string): string {
    this.#count += 1;
    return `${what}-${this.#count}`;
  }
}

async function end(box: Box, exitCode: number): Promise<void> {
  const { process: child } = box;
  box.process = undefined;
  box.is = 'ended';
  box.exitCode = exitCode;
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

function specOf(name: string, labels: Labels): ContainerSpec {
  return { name, labels, image: 'om', env: {}, mounts: [], hosts: new Map(), network: '', ports: new Map() };
}

export function refused(why: string): EnvironmentError {
  return new EnvironmentError('ENGINE_REFUSED', why);
}
