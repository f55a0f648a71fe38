import { describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import { Status, statusName, Type, World } from '../../test/world.js';
import { MAX_READ_PAYLOAD_BYTES, MAX_WRITE_PAYLOAD_BYTES } from './echo-rpc.js';
import { transferLeadership } from './transfer-leadership.js';

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

describe('TransferLeadership (HA-9)', () => {
  async function asked(newLeaderId: string | undefined, result: 'done' | { readonly failed: string }) {
    const to: (string | undefined)[] = [];
    const request = {
      cmdType: Type.TransferLeadership,
      clientId: 'c',
      ...(newLeaderId === undefined ? {} : { TransferOmLeadershipRequest: { newLeaderId } }),
    };
    const answer = await transferLeadership.carryOut(request, {
      transferLeadership: async (target) => {
        to.push(target);
        return result;
      },
    });
    return [statusName(answer), answer.message, to];
  }

  it.each([
    ['om2', 'done', ['OK', undefined, ['om2']]],
    ['', 'done', ['OK', undefined, [undefined]]],
    ['om9', { failed: 'om9 is none' }, ['INTERNAL_ERROR', 'om9 is none', ['om9']]],
    [undefined, 'done', ['INVALID_REQUEST', 'The request does not say who is to lead', []]],
  ] as const)('to %j, %j', async (to, result, expected) => expect(await asked(to, result)).toEqual(expected));
});
