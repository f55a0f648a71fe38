/**
 * The gRPC library writes lines of its own to standard error, beside the one message that a user is to see. They come with
 * --debug, or when its own variable asks for them.
 */
export async function quietGrpc(debug: boolean | undefined): Promise<void> {
  if (debug === true || process.env.GRPC_NODE_VERBOSITY !== undefined || process.env.GRPC_VERBOSITY !== undefined)
    return;
  const { logVerbosity, setLogVerbosity } = await import('@grpc/grpc-js');
  setLogVerbosity(logVerbosity.NONE);
}
