/**
 * The session that this process's cucumber belongs to. Cucumber loads plugin, formatter and hooks by path and gives them
 * nothing of ours, so this is how they find it; there is one run at a time in a process.
 */
import type { Session } from '../run/session.js';

let active: Session | undefined;

/** Set by whoever starts a run, before cucumber loads the plugin. */
export function setActiveSession(session: Session | undefined): void {
  active = session;
}

export function activeSession(): Session | undefined {
  return active;
}

/** For hooks: a scenario is only ever run inside a session. */
export function requireSession(): Session {
  if (active !== undefined) return active;
  throw new Error('no conformance run is in progress: is the plugin loaded, and cucumber run without --parallel?');
}
