/**
 * A small shell process that outlives the kit by a moment: when the kit is gone, however it ended, it kills the process
 * groups that the kit left, runs one command and removes its temporary folder. It acts on ids it was given, never on names.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { EnvironmentError } from '../failure.js';

/** Reads `hold <pgid>`, `drop <pgid>`, `folder <path>`, `after <command>` and `done`; the end of its input means that the kit died. */
const SCRIPT = `
groups=''
folder=''
after=''
while read -r verb rest; do
  case "$verb" in
    hold) groups="$groups $rest" ;;
    drop) kept=''; for g in $groups; do [ "$g" = "$rest" ] || kept="$kept $g"; done; groups="$kept" ;;
    folder) folder="$rest" ;;
    after) after="$rest" ;;
    done) exit 0 ;;
  esac
done
for g in $groups; do kill -s KILL -- "-$g" 2>/dev/null; done
[ -n "$after" ] && /bin/sh -c "$after"
[ -n "$folder" ] && rm -rf -- "$folder"
exit 0
`;

export class Guard {
  private readonly shell: ChildProcess;

  /** @throws EnvironmentError NODE_START_FAILED without a shell: nothing is started that nobody would end */
  constructor() {
    // Detached: a Ctrl-C in the terminal reaches the kit's process group, and the guard must survive it.
    this.shell = spawn('/bin/sh', ['-c', SCRIPT], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    this.shell.on('error', () => {}); // Seen below: without a process there is no id.
    if (this.shell.pid === undefined) {
      throw new EnvironmentError('NODE_START_FAILED', '/bin/sh cannot be run; the kit needs it to end what it starts');
    }
    this.shell.stdin?.on('error', () => {}); // The guard was killed by somebody; there is nothing left to tell it.
    this.shell.unref();
    (this.shell.stdin as Socket | null)?.unref();
  }

  /** From now on the group ends with the kit. */
  hold(group: number): void {
    this.tell(`hold ${group}`);
  }

  /** The group has ended; its id may be given to another from now on. */
  drop(group: number): void {
    this.tell(`drop ${group}`);
  }

  /** This folder is removed when the kit dies without `release`. */
  removeAfter(folder: string): void {
    this.tell(`folder ${folder}`);
  }

  /** This shell command is run when the kit dies without `release`: for what no signal ends. One line. */
  runAfter(command: string): void {
    this.tell(`after ${command}`);
  }

  /** Ends the guard; what it held is the caller's again. */
  release(): void {
    this.tell('done');
    this.shell.stdin?.end();
  }

  private tell(line: string): void {
    this.shell.stdin?.write(`${line}\n`);
  }
}
