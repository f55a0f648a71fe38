/**
 * Which names a volume or bucket may have: the rule of Apache Ozone with strict S3 names, its default
 * (docs/observations/ozone-2.2.0-volumes.md). Says what is wrong with a name; which status that gives is the command's choice.
 */

const MIN_LENGTH = 3;
const MAX_LENGTH = 63;

/** What is wrong with `name`, as the end of a sentence that begins with the kind of resource; undefined when it is good. */
export function nameFault(name: string): string | undefined {
  if (name.length < MIN_LENGTH || name.length > MAX_LENGTH) {
    return `name must have ${MIN_LENGTH} to ${MAX_LENGTH} characters, found ${name.length}`;
  }
  const bad = /[^a-z0-9.-]/u.exec(name)?.[0];
  if (bad !== undefined) {
    return `name may have lower-case letters a-z, digits, periods and dashes only, found ${JSON.stringify(bad)}`;
  }
  if (/^[.-]/.test(name)) return 'name must not begin with a period or dash';
  if (/[.-]$/.test(name)) return 'name must not end with a period or dash';
  const pair = /\.\.|\.-|-\./.exec(name)?.[0];
  if (pair !== undefined) return `name must not have "${pair}" in it`;
  if (/^[0-9.]+$/.test(name)) return 'name must not be an IPv4 address or a number';
  return undefined;
}
