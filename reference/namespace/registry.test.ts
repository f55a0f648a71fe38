import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Command, isWrite } from './command.js';
import { COMMAND_CLASSES } from './command-classes.js';
import { COMMANDS, commandFor } from './registry.js';
import { statusName, Type, World } from './test/world.js';

const COMMANDS_FOLDER = fileURLToPath(new URL('./commands', import.meta.url));

/** Types of step 1 whose command is a file; EchoRPC has a read and a write. */
const IMPLEMENTED = [...new Set(COMMANDS.map(({ type }) => Type[type] ?? ''))];

describe('the registry', () => {
  it('holds every command that a file exports', async () => {
    const files = readdirSync(COMMANDS_FOLDER, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.js') && !file.endsWith('.test.js'),
    );
    expect(files.length).toBeGreaterThan(0);
    const exported = await Promise.all(
      files.map(async (file) => Object.values(await import(`${COMMANDS_FOLDER}/${file}`)) as unknown[]),
    );
    const commands = exported
      .flat()
      .filter((value) => typeof value === 'object' && value !== null && 'readClass' in value);
    expect(new Set(commands)).toEqual(new Set(COMMANDS));
  });

  it('knows exactly one command for each request', () => {
    for (const command of COMMANDS) {
      const others = COMMANDS.filter((other) => other.type === command.type && other !== command);
      if (others.length > 0) expect(command.serves).toBeDefined();
    }
    expect(classOf(commandFor({ cmdType: Type.EchoRPC, clientId: '' }))).toBe('uncoordinated');
    expect(classOf(commandFor({ cmdType: Type.EchoRPC, clientId: '', EchoRPCRequest: { readOnly: false } }))).toBe(
      'write',
    );
  });

  it('has every command in the class that the table gives its type (FR-ADMIT-3)', () => {
    for (const [name, expected] of Object.entries(COMMAND_CLASSES)) {
      const type = Type[name as keyof typeof Type];
      const own = COMMANDS.filter((command) => command.type === type);
      const classes = (own.length > 0 ? own : [commandFor({ cmdType: type, clientId: '' })]).map(classOf);
      expect([name, ...classes]).toEqual([
        name,
        ...(expected === 'by-request' ? ['uncoordinated', 'write'] : [expected]),
      ]);
    }
  });

  it.each([
    ['CreateVolume', 'write'],
    ['SetVolumeProperty', 'write'],
    ['DeleteVolume', 'write'],
    ['CreateBucket', 'write'],
    ['DeleteBucket', 'write'],
    ['InfoVolume', 'coordinated'],
    ['ListVolume', 'coordinated'],
    ['InfoBucket', 'coordinated'],
    ['CreateKey', 'write'],
    ['LookupKey', 'coordinated'],
    ['PrepareStatus', 'uncoordinated'],
    ['ServiceList', 'any-node'],
    ['TransferLeadership', 'any-node'],
    // Not implemented yet.
    ['AddAcl', 'write'],
    ['UnknownCommand', 'write'],
    ['GetAcl', 'coordinated'],
    ['DBUpdates', 'leader-only'],
    ['SnapshotDiff', 'leader-only'],
    ['GetQuotaRepairStatus', 'leader-only'],
    ['Msync', 'leader-only'],
  ] as const)('puts %s in class %s', (name, expected) => {
    expect(classOf(commandFor({ cmdType: Type[name], clientId: '' }))).toBe(expected);
  });

  it.each(Object.keys(Type).filter((name) => Number.isNaN(Number(name)) && !IMPLEMENTED.includes(name)))(
    'refuses %s, which nothing carries out (W-8)',
    (name) => {
      const world = new World();
      const answer = world.run(Type[name as keyof typeof Type]);
      expect(statusName(answer)).toBe('INVALID_REQUEST');
      expect(answer.message).toContain(name);
      expect(world.state.dump()).toEqual([]);
    },
  );

  it.each(IMPLEMENTED.filter((name) => name !== 'TransferLeadership' && name !== 'Msync'))(
    'answers %s without its sub-request and changes nothing (W-12)',
    (name) => {
      const world = new World();
      world.run(Type[name as keyof typeof Type]);
      expect(world.state.dump()).toEqual([]);
    },
  );
});

function classOf(command: Command): string {
  return isWrite(command) ? 'write' : command.readClass;
}
