import { beforeEach, describe, expect, test } from 'vitest';
import { ContainerNode } from './container-node.js';
import { createClientNetwork, createNodeNetwork, type NodeNetwork } from './networks.js';
import { MemoryEngine } from './test/memory-engine.js';

let engine: MemoryEngine;
let between: NodeNetwork;
let node: ContainerNode;
let other: ContainerNode;

beforeEach(async () => {
  engine = new MemoryEngine();
  between = await createNodeNetwork(engine, 'omc-x-nodes', {}, ['om1', 'om2']);
  node = await make('om1');
  other = await make('om2');
});

async function make(id: string): Promise<ContainerNode> {
  await createClientNetwork(engine, `omc-x-${id}`, {});
  const container = await engine.createContainer({
    name: `omc-x-${id}`,
    labels: {},
    image: 'om',
    env: {},
    mounts: [],
    hosts: between.addresses,
    network: `omc-x-${id}`,
    ports: new Map(),
  });
  const address = between.addresses.get(id) ?? '';
  const made = new ContainerNode(engine, id, container, { network: between.id, address });
  await made.join();
  await made.start();
  return made;
}

const stateOf = async ({ container }: ContainerNode) => (await engine.state(container)).is;

describe('a node in a container', () => {
  test('one that is isolated leaves the network of the nodes, keeps that of its clients, and runs on', async () => {
    await node.isolate();
    expect(engine.membersOf('nodes')).toEqual(['omc-x-om2']);
    expect(engine.membersOf('om1')).toEqual(['omc-x-om1']);
    expect(await stateOf(node)).toBe('running');
  });

  test('one that is healed is back with the address that it had', async () => {
    const members = () => engine.nets.get(between.id)?.members.get(node.container);
    const before = members();
    expect(before).toMatch(/^198\.1[89]\.\d+\.11$/);
    await node.isolate();
    await node.heal();
    expect(members()).toBe(before);
    // Nothing to heal: the engine would refuse a second connection.
    await node.heal();
    await other.heal();
  });

  test('one that is isolated stays so while it is ended and started again', async () => {
    await node.isolate();
    await node.kill();
    await node.start();
    expect(engine.membersOf('nodes')).toEqual(['omc-x-om2']);
    await node.isolate();
    await node.heal();
    expect(engine.membersOf('nodes')).toEqual(['omc-x-om2', 'omc-x-om1']);
  });

  test('one that is frozen is there and does nothing; thawed, it goes on', async () => {
    expect(await node.freeze().catch(String)).toBeUndefined();
    expect(await stateOf(node)).toBe('frozen');
    expect(await node.isRunning()).toBe(true);
    await node.thaw();
    await node.thaw();
    expect(await stateOf(node)).toBe('running');
    expect(engine.boxOf(node.container).exitCode).toBe(0);
  });

  test('one that is frozen can be ended in both ways', async () => {
    await node.freeze();
    await node.kill();
    expect(await engine.state(node.container)).toEqual({ is: 'ended', exitCode: 137 });
    await other.freeze();
    await other.stop(1000);
    expect(await engine.state(other.container)).toEqual({ is: 'ended', exitCode: 0 });
  });

  test('one that is down cannot be killed', async () => {
    await node.kill();
    await expect(node.kill()).rejects.toMatchObject({ code: 'NODE_ACTION_FAILED' });
  });

  test('an engine that says yes and does not freeze', async () => {
    engine.pause = async () => {};
    await expect(node.freeze()).rejects.toThrow('was paused, and is running all the same');
  });

  test('one that ends while it is waited for says how, and its last words', async () => {
    const asking = new AbortController();
    const watched = node.untilEnded(asking.signal);
    engine.log = async () => `${'x'.repeat(5000)}\n\u001b[31mno licence\n`;
    await engine.kill(node.container);
    await expect(watched).rejects.toMatchObject({
      code: 'NODE_START_FAILED',
      message: expect.stringMatching(
        /^the container of om1 ended with exit code 137 while it started: x{1000,}.*no licence$/,
      ),
    });
    await expect(watched).rejects.not.toThrow('\u001b');
  });

  test('one that goes on is watched until nobody asks any more', async () => {
    const asking = new AbortController();
    const watched = node.untilEnded(asking.signal);
    asking.abort();
    await expect(watched).resolves.toBeUndefined();
  });
});
