/**
 * Program for the restart test: an OM-shaped server on a given port that answers every request with OK and says on stdout
 * when it listens.
 */
import { hadoop } from '#proto';
import { encode } from '../plain.js';
import { answer, serve } from './scripted-server.js';

const { OMResponse, Type, Status } = hadoop.ozone;
const server = await serve(
  (stream) => answer(stream, encode(OMResponse, { cmdType: Type.EchoRPC, success: true, status: Status.OK })),
  Number(process.argv[2]),
);
process.stdout.write(`${server.address}\n`);
