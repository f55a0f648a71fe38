/**
 * What the containers target asks of a container engine, one method for each call. `docker-engine.ts` finds an engine and speaks
 * to it; unit tests bring one of their own. Nothing is decided here.
 */

export type Labels = Readonly<Record<string, string>>;

export interface NetworkSpec {
  readonly name: string;
  readonly labels: Labels;
  /** `198.18.7.0/24`; without it the engine chooses. */
  readonly subnet?: string;
  /** Leads nowhere: only its members reach each other on it. */
  readonly internal: boolean;
}

export interface MountSpec {
  /** Absolute path on this machine. */
  readonly from: string;
  readonly to: string;
  readonly writable: boolean;
}

export interface ContainerSpec {
  readonly name: string;
  readonly labels: Labels;
  readonly image: string;
  /** Without it: the image's own. */
  readonly command?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly mounts: readonly MountSpec[];
  /** Name → address, for /etc/hosts of the container. */
  readonly hosts: ReadonlyMap<string, string>;
  /** Name of the network by which its ports are published. */
  readonly network: string;
  /** Port in the container → port on loopback of this machine. */
  readonly ports: ReadonlyMap<number, number>;
}

export type ContainerState =
  | { readonly is: 'running' | 'frozen' }
  /** Not started yet, or ended with this exit code. */
  | { readonly is: 'ended'; readonly exitCode: number };

/** A container or network that carries labels of the kit. */
export interface Made {
  readonly what: 'container' | 'network';
  readonly id: string;
  readonly name: string;
  readonly labels: Labels;
}

/** Every method throws EnvironmentError: ENGINE_UNREACHABLE when nobody answers any more, ENGINE_REFUSED for any other no. */
export interface Engine {
  /** For messages: `Podman 4.3.1`. */
  readonly name: string;
  hasImage(image: string): Promise<boolean>;
  /** @throws EnvironmentError IMAGE_MISSING */
  pull(image: string): Promise<void>;
  /** Its id; undefined when the subnet belongs to another network. */
  createNetwork(spec: NetworkSpec): Promise<string | undefined>;
  connect(network: string, container: string, address: string): Promise<void>;
  disconnect(network: string, container: string): Promise<void>;
  /** Its id. It does not run yet. */
  createContainer(spec: ContainerSpec): Promise<string>;
  /** @throws EnvironmentError PORT_TAKEN */
  start(container: string): Promise<void>;
  /** SIGTERM, and SIGKILL when it has not ended by then. */
  stop(container: string, graceMs: number): Promise<void>;
  kill(container: string): Promise<void>;
  /** Stops all its processes without ending them. */
  pause(container: string): Promise<void>;
  unpause(container: string): Promise<void>;
  state(container: string): Promise<ContainerState>;
  /** What it wrote, at most the last lines, as it wrote it. */
  log(container: string, lines: number): Promise<string>;
  /** Everything with this label, whatever its value. */
  made(label: string): Promise<readonly Made[]>;
  /** Ends a container that runs. What is gone already is no failure. */
  remove(made: Pick<Made, 'what' | 'id'>): Promise<void>;
}
