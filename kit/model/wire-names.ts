/** Names of volumes on the wire: each sequence has volumes of its own, so that any number of them share a cluster. */

export class WireNames {
  constructor(private readonly prefix: string) {}

  volume(short: string): string {
    // An empty name stays one: it is asked for as such.
    return short === '' ? '' : `${this.prefix}${short}`;
  }

  /** A name that is not of this sequence is shown as it is, and so differs. */
  short(volume: string): string {
    return volume.startsWith(this.prefix) ? volume.slice(this.prefix.length) : volume;
  }
}
