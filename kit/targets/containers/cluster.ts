/**
 * The containers of one run: made on an engine with networks and ports, and removed from it again, whatever they have become.
 * It makes and removes; when a node runs is the target's to say.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { EnvironmentError } from '../../failure.js';
import { type HeldPorts, holdPorts } from '../ports.js';
import type { ContainersFile } from '../schema.js';
import { ContainerNode } from './container-node.js';
import type { Engine, Labels } from './engine.js';
import { removeRun } from './leftovers.js';
import { createClientNetwork, createNodeNetwork, type NodeNetwork } from './networks.js';
import { labelsOf } from './owner.js';

const MAX_LOG_LINES = 100_000;

/** What is different for one node. */
type OwnPart = ContainersFile['nodes'][string];

/** Ports of a node on loopback of this machine. */
export interface Published {
  readonly om: number;
  readonly control: number | undefined;
}

export interface Member {
  readonly node: ContainerNode;
  readonly ports: Published;
}

export class ContainerCluster {
  readonly members = new Map<string, Member>();
  #held: HeldPorts | undefined;
  readonly #labels: Labels;

  /** @param run part of every name and label */
  constructor(
    private readonly engine: Engine,
    readonly run: string,
    private readonly file: ContainersFile,
    private readonly folder: string,
  ) {
    this.#labels = labelsOf(run);
  }

  /**
   * Makes networks and containers; none of them runs yet.
   *
   * @param proceed throws once nobody wants them any more
   * @throws EnvironmentError IMAGE_MISSING, PORT_TAKEN, ENGINE_REFUSED
   */
  async create(proceed: () => void): Promise<void> {
    const nodes = Object.entries(this.file.nodes);
    await this.#imagesAreThere(proceed);
    const ids = nodes.map(([id]) => id);
    const between = await createNodeNetwork(this.engine, `omc-${this.run}-nodes`, this.#labels, ids);
    this.#held = await holdPorts(nodes.length * 2);
    const free = [...this.#held.ports];
    for (const [id, own] of nodes) {
      proceed();
      const [om = 0, control = 0] = free.splice(0, 2);
      const hasControl = (own.ports ?? this.file.ports).control !== undefined;
      await this.#member(id, own, between, { om, control: hasControl ? control : undefined });
    }
  }

  /** Writes the log of each node into a folder. Throws EnvironmentError. */
  async saveLogs(folder: string): Promise<void> {
    mkdirSync(folder, { recursive: true });
    for (const [id, { node }] of this.members) {
      writeFileSync(join(folder, `${id}.log`), await this.engine.log(node.container, MAX_LOG_LINES));
    }
  }

  /** Removes all of it. Throws EnvironmentError. */
  async remove(): Promise<void> {
    await removeRun(this.engine, this.run);
    this.members.clear();
    this.#held?.release();
  }

  async #member(id: string, own: OwnPart, between: NodeNetwork, published: Published): Promise<void> {
    const { file, engine } = this;
    const name = `omc-${this.run}-${id}`;
    const inside = own.ports ?? file.ports;
    const ports = new Map([[inside.om, published.om]]);
    if (inside.control !== undefined && published.control !== undefined) ports.set(inside.control, published.control);
    const command = own.command ?? file.command;
    await createClientNetwork(engine, name, this.#labels);
    const container = await engine.createContainer({
      name,
      labels: this.#labels,
      image: own.image ?? file.image,
      ...(command === undefined ? {} : { command: command.map((word) => word.replaceAll('{node}', id)) }),
      env: mapped({ ...file.env, ...own.env }, (value) => value.replaceAll('{node}', id)),
      mounts: [...file.mounts, ...own.mounts].map(({ from, ...mount }) => {
        const path = from.replaceAll('{node}', id);
        return { ...mount, from: isAbsolute(path) ? path : join(this.folder, path) };
      }),
      hosts: between.addresses,
      network: name,
      ports,
    });
    const address = between.addresses.get(id);
    if (address === undefined) throw new Error(`no address for ${id}`);
    const node = new ContainerNode(engine, id, container, { network: between.id, address });
    this.members.set(id, { node, ports: published });
    await node.join();
  }

  async #imagesAreThere(proceed: () => void): Promise<void> {
    for (const image of new Set(Object.values(this.file.nodes).map((own) => own.image ?? this.file.image))) {
      proceed();
      if (await this.engine.hasImage(image)) continue;
      if (this.file.pull === 'never') {
        throw new EnvironmentError(
          'IMAGE_MISSING',
          `image ${image} is not there, and the target file says pull: never`,
        );
      }
      await this.engine.pull(image);
    }
  }
}

function mapped(
  values: Readonly<Record<string, string>>,
  change: (value: string) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
}
