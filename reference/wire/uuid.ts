/** Text of a UUID, for ids that come as numbers or as a digest. */

/** @param hex 32 hexadecimal digits */
export function uuidText(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
