/**
 * A container engine that speaks Docker's API (Docker, Podman), found where testcontainers finds it. This is the only file that
 * knows testcontainers, and it is loaded when a target of this kind is used. Its containers are not started through
 * testcontainers' own class: that one publishes ports on every interface and knows no two networks.
 */
import type { ContainerRuntimeClient } from 'testcontainers';
import { EnvironmentError } from '../../failure.js';
import { messageOf } from '../../wire/text.js';
import { textOfLog } from './container-log.js';
import type { ContainerSpec, ContainerState, Engine, Labels, Made, NetworkSpec } from './engine.js';

type Docker = ContainerRuntimeClient['container']['dockerode'];

const PORT_CLASH = /port is already allocated|address already in use/i;
const SUBNET_CLASH = /overlap|already (?:in )?used/i;
const CONNECTION_LOST = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EACCES', 'EPIPE', 'ETIMEDOUT']);

/** @throws EnvironmentError TESTCONTAINERS_MISSING, ENGINE_UNREACHABLE */
export async function openEngine(): Promise<Engine> {
  // Where the engine's ports are seen is known here: on loopback. Without this, testcontainers starts a container to find out.
  process.env.TESTCONTAINERS_HOST_OVERRIDE ??= 'localhost';
  const { getContainerRuntimeClient, ImageName } = await loaded();
  const { DOCKER_HOST } = process.env;
  const where = DOCKER_HOST ? `DOCKER_HOST is ${DOCKER_HOST}` : 'DOCKER_HOST is not set';
  let client: ContainerRuntimeClient;
  try {
    client = await getContainerRuntimeClient();
  } catch (cause) {
    throw new EnvironmentError('ENGINE_UNREACHABLE', `no container engine answers (${where})`, { cause });
  }
  const docker = client.container.dockerode;
  const { host } = docker.modem as object as { readonly host?: string };
  if (host !== undefined && !['localhost', '127.0.0.1', '::1', '[::1]'].includes(host)) {
    throw new EnvironmentError(
      'ENGINE_UNREACHABLE',
      `the container engine is on ${host}; its ports would be on the loopback of that machine, where this kit does not reach them`,
    );
  }
  const { operatingSystem, serverVersion } = client.info.containerRuntime;
  return new DockerEngine(docker, `${operatingSystem}, version ${serverVersion}`, async (image) => {
    await client.image.pull(ImageName.fromString(image));
  });
}

async function loaded(): Promise<typeof import('testcontainers')> {
  try {
    return await import('testcontainers');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new EnvironmentError(
      'TESTCONTAINERS_MISSING',
      'targets of kind containers need the package testcontainers, which is not installed',
      { cause },
    );
  }
}

class DockerEngine implements Engine {
  constructor(
    private readonly docker: Docker,
    readonly name: string,
    private readonly pullImage: (image: string) => Promise<void>,
  ) {}

  async hasImage(image: string): Promise<boolean> {
    try {
      await this.docker.getImage(image).inspect();
      return true;
    } catch (cause) {
      if (statusOf(cause) === 404) return false;
      throw failed(`looking for image ${image}`, cause);
    }
  }

  async pull(image: string): Promise<void> {
    try {
      await this.pullImage(image);
    } catch (cause) {
      throw new EnvironmentError('IMAGE_MISSING', `image ${image} is not there and cannot be pulled: ${said(cause)}`, {
        cause,
      });
    }
  }

  async createNetwork({ name, labels, subnet, internal }: NetworkSpec): Promise<string | undefined> {
    try {
      const network = await this.docker.createNetwork({
        Name: name,
        Driver: 'bridge',
        CheckDuplicate: true,
        Internal: internal,
        Labels: { ...labels },
        ...(subnet === undefined ? {} : { IPAM: { Driver: 'default', Config: [{ Subnet: subnet }] } }),
      });
      return network.id;
    } catch (cause) {
      if (subnet !== undefined && SUBNET_CLASH.test(said(cause))) return undefined;
      throw failed(`creating network ${name}`, cause);
    }
  }

  async connect(network: string, container: string, address: string): Promise<void> {
    const EndpointConfig = { IPAMConfig: { IPv4Address: address }, MacAddress: hardwareAddress(address) };
    await this.asked('connecting to the network', () =>
      this.docker.getNetwork(network).connect({ Container: container, EndpointConfig }),
    );
  }

  async disconnect(network: string, container: string): Promise<void> {
    await this.asked('disconnecting from the network', () =>
      this.docker.getNetwork(network).disconnect({ Container: container, Force: true }),
    );
  }

  async createContainer(spec: ContainerSpec): Promise<string> {
    const ports = [...spec.ports].map(([inside, outside]) => [`${inside}/tcp`, String(outside)] as const);
    const container = await this.asked(`creating container ${spec.name}`, () =>
      this.docker.createContainer({
        name: spec.name,
        Image: spec.image,
        ...(spec.command === undefined ? {} : { Cmd: [...spec.command] }),
        Env: Object.entries(spec.env).map(([key, value]) => `${key}=${value}`),
        Labels: { ...spec.labels },
        ExposedPorts: Object.fromEntries(ports.map(([inside]) => [inside, {}])),
        HostConfig: {
          NetworkMode: spec.network,
          ExtraHosts: [...spec.hosts].map(([name, address]) => `${name}:${address}`),
          PortBindings: Object.fromEntries(
            ports.map(([inside, HostPort]) => [inside, [{ HostIp: '127.0.0.1', HostPort }]]),
          ),
          Mounts: spec.mounts.map(({ from, to, writable }) => ({
            Type: 'bind' as const,
            Source: from,
            Target: to,
            ReadOnly: !writable,
          })),
        },
      }),
    );
    return container.id;
  }

  async start(container: string): Promise<void> {
    try {
      await this.docker.getContainer(container).start();
    } catch (cause) {
      if (PORT_CLASH.test(said(cause))) throw new EnvironmentError('PORT_TAKEN', said(cause), { cause });
      throw failed('starting the container', cause);
    }
  }

  async stop(container: string, graceMs: number): Promise<void> {
    const t = Math.ceil(graceMs / 1000);
    await this.asked('stopping the container', () => this.docker.getContainer(container).stop({ t }), 304);
  }

  async kill(container: string): Promise<void> {
    await this.asked('killing the container', () => this.docker.getContainer(container).kill({ signal: 'SIGKILL' }));
  }

  async pause(container: string): Promise<void> {
    await this.asked('pausing the container', () => this.docker.getContainer(container).pause());
  }

  async unpause(container: string): Promise<void> {
    await this.asked('unpausing the container', () => this.docker.getContainer(container).unpause());
  }

  async state(container: string): Promise<ContainerState> {
    const { State } = await this.asked('inspecting the container', () => this.docker.getContainer(container).inspect());
    if (State.Paused || State.Status === 'paused') return { is: 'frozen' };
    return State.Running ? { is: 'running' } : { is: 'ended', exitCode: State.ExitCode };
  }

  async log(container: string, lines: number): Promise<string> {
    const bytes = await this.asked('reading the log', () =>
      this.docker.getContainer(container).logs({ follow: false, stdout: true, stderr: true, tail: lines }),
    );
    return textOfLog(bytes);
  }

  async made(label: string): Promise<readonly Made[]> {
    const filters = { label: [label] };
    const containers = await this.asked('listing containers', () => this.docker.listContainers({ all: true, filters }));
    const networks = await this.asked('listing networks', () => this.docker.listNetworks({ filters }));
    return [
      ...containers.map(({ Id: id, Names: [name = ''], Labels: labels }): Made => {
        return { what: 'container', id, name: name.replace(/^\//, ''), labels: ofLabels(labels) };
      }),
      ...networks.map(({ Id: id, Name: name, Labels: labels }): Made => {
        return { what: 'network', id, name, labels: ofLabels(labels) };
      }),
    ];
  }

  async remove({ what, id }: Pick<Made, 'what' | 'id'>): Promise<void> {
    const act = () =>
      what === 'container'
        ? this.docker.getContainer(id).remove({ force: true, v: true })
        : this.docker.getNetwork(id).remove();
    await this.asked(`removing ${what} ${id}`, act, 404);
  }

  /** @param fine status with which the engine says that there was nothing to do */
  private async asked<T>(purpose: string, act: () => Promise<T>, fine?: number): Promise<T>;
  private async asked(purpose: string, act: () => Promise<unknown>, fine?: number): Promise<unknown> {
    try {
      return await act();
    } catch (cause) {
      if (fine !== undefined && statusOf(cause) === fine) return undefined;
      throw failed(purpose, cause);
    }
  }
}

/**
 * Docker's own scheme. Some engines make up another one at each start: then for many seconds the others still send to the one that they
 * remember, and a node that has long started again hears nobody.
 */
function hardwareAddress(address: string): string {
  return ['02', '42', ...address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'))].join(':');
}

/** Engines leave the labels out where there are none. */
function ofLabels(labels: Labels | null | undefined): Labels {
  return labels ?? {};
}

function statusOf(cause: unknown): number | undefined {
  return (cause as { readonly statusCode?: number }).statusCode;
}

/** The engine's own words, without what the client puts around them. */
function said(cause: unknown): string {
  const { json } = cause as { readonly json?: { readonly message?: unknown } | null };
  return messageOf(typeof json?.message === 'string' ? json.message : cause);
}

function failed(purpose: string, cause: unknown): EnvironmentError {
  const { code } = cause as NodeJS.ErrnoException;
  return statusOf(cause) === undefined && code !== undefined && CONNECTION_LOST.has(code)
    ? new EnvironmentError('ENGINE_UNREACHABLE', `${purpose}: the container engine no longer answers: ${said(cause)}`, {
        cause,
      })
    : new EnvironmentError('ENGINE_REFUSED', `${purpose}: ${said(cause)}`, { cause });
}
