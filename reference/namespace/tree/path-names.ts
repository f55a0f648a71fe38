/**
 * From the name in a request to the components of a path in a tree, as upstream reads it: slashes in a row count once, those at
 * the ends not at all. The commands of keys also resolve `.` and `..` and refuse what no path may be; those of files and
 * directories take every component as it is.
 */
import { refusal, Status } from '../answers.js';
import type { Answer } from '../command.js';

export function componentsOf(name: string): readonly string[] {
  return name.split('/').filter((component) => component !== '');
}

/** Such a name can be a directory's only. */
export function namesDirectory(name: string): boolean {
  return name.endsWith('/');
}

/** `.` and `..` resolved, as far as there is something to go up from. */
export function resolvedComponents(name: string): readonly string[] {
  const resolved: string[] = [];
  for (const component of componentsOf(name)) {
    if (component === '.') continue;
    if (component === '..' && resolved.length > 0 && resolved.at(-1) !== '..') resolved.pop();
    else resolved.push(component);
  }
  return resolved;
}

/** The path of a key, resolved; INVALID_KEY_NAME where it is empty, leads out of the bucket or has a colon. */
export function keyComponents(name: string): readonly string[] | Answer {
  const components = resolvedComponents(name);
  if (components.length === 0) return refusal(Status.INVALID_KEY_NAME, `"${name}" names no key`);
  const wrong = components.find((component) => component === '..' || component.includes(':'));
  if (wrong === undefined) return components;
  return refusal(Status.INVALID_KEY_NAME, `Key name ${name} has the component "${wrong}"`);
}
