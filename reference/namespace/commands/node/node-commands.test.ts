import { describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import { Status, statusName, Type, World } from '../../test/world.js';
import { MAX_READ_PAYLOAD_BYTES, MAX_WRITE_PAYLOAD_BYTES } from './echo-rpc.js';

describe('EchoRPC', () => {
  it.each([
    [true, 0, 0],
    [true, undefined, 0],
    [true, 10, 10],
    [true, MAX_READ_PAYLOAD_BYTES, MAX_READ_PAYLOAD_BYTES],
    [false, 10, 10],
    [false, MAX_WRITE_PAYLOAD_BYTES, MAX_WRITE_PAYLOAD_BYTES],
  ])('readOnly %s, %s bytes', (readOnly, payloadSizeResp, expected) => {
    const answer = new World().run(Type.EchoRPC, { EchoRPCRequest: { readOnly, payloadSizeResp } });
    expect(answer.status).toBe(Status.OK);
    expect(answer.body.EchoRPCResponse?.payload?.length).toBe(expected);
  });

  it.each([
    [true, -1],
    [true, MAX_READ_PAYLOAD_BYTES + 1],
    [false, -1],
    [false, MAX_WRITE_PAYLOAD_BYTES + 1],
  ])('readOnly %s refuses %i bytes', (readOnly, payloadSizeResp) => {
    const answer = new World().run(Type.EchoRPC, { EchoRPCRequest: { readOnly, payloadSizeResp } });
    expect(statusName(answer)).toBe('INVALID_REQUEST');
  });
});

describe('PrepareStatus', () => {
  it('says that the node was never prepared', () => {
    const { body } = new World().run(Type.PrepareStatus, { prepareStatusRequest: { txnID: 1n } });
    expect(body.prepareStatusResponse).toEqual({
      status: hadoop.ozone.PrepareStatusResponse.PrepareStatus.NOT_PREPARED,
      currentTxnIndex: 2n ** 64n - 1n,
    });
  });
});

describe('ServiceList', () => {
  it('names the nodes, their roles and ports', () => {
    const world = new World();
    const { RPC, RATIS } = hadoop.ozone.ServicePort.Type;
    world.services = [
      { id: 'om1', host: 'h1', leader: true, ports: [{ type: RPC, port: 1 }] },
      { id: 'om2', host: 'h2', leader: false, ports: [{ type: RATIS, port: 2 }] },
    ];
    const nodeType = hadoop.hdds.NodeType.OM;
    expect(world.run(Type.ServiceList).body.ServiceListResponse?.serviceInfo).toEqual([
      {
        nodeType,
        hostname: 'h1',
        servicePorts: [{ type: RPC, value: 1 }],
        omRole: { nodeId: 'om1', serverRole: 'LEADER' },
        OMVersion: 12,
      },
      {
        nodeType,
        hostname: 'h2',
        servicePorts: [{ type: RATIS, value: 2 }],
        omRole: { nodeId: 'om2', serverRole: 'FOLLOWER' },
        OMVersion: 12,
      },
    ]);
  });
});
