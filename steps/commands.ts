/** Steps: commands that are asked of followers, with whatever hint. */
import { Then, When } from '@cucumber/cucumber';
import { assertAnsweredThere } from '../kit/assert/answered-there.js';
import { askWithEveryHint, askWithHint } from '../kit/scenario/asked-commands.js';
import { COMMAND_NAMES, type CommandName } from '../kit/scenario/command-message.js';
import { nodesInRole } from '../kit/scenario/node-role.js';
import { look, surveyOf } from '../kit/scenario/survey.js';
import type { ReadHint } from '../kit/wire/outcome.js';
import { judge } from './judge.js';
import { type NodeRole, named } from './parameters.js';
import type { OmWorld } from './world.js';

const NAME = `(?:${[...COMMAND_NAMES].sort((a, b) => b.length - a.length).join('|')})`;
/** `CreateVolume`, `CreateVolume, InfoVolume and DeleteVolume` */
const COMMANDS = new RegExp(`${NAME}(?:, ${NAME})*(?: and ${NAME})?`);

named('commands', COMMANDS, (phrase) =>
  phrase.split(/, | and /).flatMap((word) => COMMAND_NAMES.find((name) => name === word) ?? []),
);

When(
  'the client asks {node role} for {commands} with each hint',
  async function (this: OmWorld, role: NodeRole, commands: readonly CommandName[]) {
    const { line, names, volumes, buckets, keys } = this;
    const reads = surveyOf(names, [...volumes.places(), ...buckets.places(), ...keys.places()]);
    this.survey = { reads, before: await look(line, reads) };
    const nodes = nodesInRole(role, line.nodes, await this.knownLeader());
    this.outcomes = await askWithEveryHint(this.run, line, names, { commands, nodes });
  },
);

// The last words of RC-6: its rows are the commands that every node answers.
When(
  'the client asks {node role} for {commands} with {read hint}',
  async function (this: OmWorld, role: NodeRole, commands: readonly CommandName[], hint: ReadHint) {
    const nodes = nodesInRole(role, this.line.nodes, await this.knownLeader());
    this.outcomes = await askWithHint(this.run, this.names, { commands, nodes, hint });
  },
);

// The observable of that outline.
Then('each node answers the command', async function (this: OmWorld) {
  await judge(this, this.outcomes, () => assertAnsweredThere(this.outcomes));
});
