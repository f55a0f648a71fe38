/** What a connection needs to speak TLS or mutual TLS, as bytes already read from files. */
export interface Tls {
  /** Certificate authorities in PEM; absent: those that Node trusts. */
  readonly ca?: Buffer;
  /** The kit's own certificate chain and key in PEM, for mutual TLS. */
  readonly cert?: Buffer;
  readonly key?: Buffer;
  /** Name that the server's certificate carries, where it is not the host of the address. */
  readonly serverName?: string;
}
