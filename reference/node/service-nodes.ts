/** The nodes of the cluster as ServiceList shows them: pure. Ports of other nodes than the one that answers are not known. */
import { hadoop } from '#proto';
import type { ServiceNode } from '../namespace/command.js';
import { hostOf, type Member } from './members.js';

export function serviceNodes(members: readonly Member[], leader: Member | undefined): readonly ServiceNode[] {
  return members.map((member) => ({
    id: member.node,
    host: hostOf(member.address),
    leader: member.node === leader?.node,
    ports: [
      {
        type: hadoop.ozone.ServicePort.Type.RATIS,
        port: Number(member.address.slice(member.address.lastIndexOf(':') + 1)),
      },
    ],
  }));
}
