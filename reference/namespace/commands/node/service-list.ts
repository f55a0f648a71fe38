/** ServiceList: the nodes of the cluster, their ports and roles, as the node that answers sees them. */
import { hadoop } from '#proto';
import { ok } from '../../answers.js';
import type { ReadCommand, ServiceNode } from '../../command.js';

/** Version of the protocol that Apache Ozone 2.2.0 names here. */
const OM_VERSION = 12;

export const serviceList: ReadCommand = {
  type: hadoop.ozone.Type.ServiceList,
  readClass: 'any-node',
  answer: (_view, _request, context) =>
    ok({ ServiceListResponse: { serviceInfo: context.services().map(serviceInfo) } }),
};

function serviceInfo(node: ServiceNode) {
  return {
    nodeType: hadoop.hdds.NodeType.OM,
    hostname: node.host,
    servicePorts: node.ports.map(({ type, port }) => ({ type, value: port })),
    omRole: { nodeId: node.id, serverRole: node.leader ? 'LEADER' : 'FOLLOWER' },
    OMVersion: OM_VERSION,
  };
}
