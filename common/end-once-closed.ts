import type { ConnectionOptions } from '@temporalio/client';

type Interceptor = NonNullable<ConnectionOptions['interceptors']>[number];
type Call = ReturnType<Interceptor>;
type Listener = NonNullable<Parameters<Call['start']>[1]>;
type Metadata = Parameters<Call['start']>[0];

/** gRPC's code; the client does not repeat a request that ends so. */
const CANCELLED = 1;

/**
 * Belongs behind the client's own retries. A request that waits there for its next attempt when the connection closes would be sent on the closed
 * one, which throws in a timer and takes the process down; with this it ends as cancelled.
 */
export const endOnceClosed: Interceptor = (options, nextCall) => {
  try {
    return nextCall(options) as Call; // what an interceptor returns is only used as a call
  } catch (error) {
    return endedCall(error instanceof Error ? error.message : String(error));
  }
};

function endedCall(details: string): Call {
  const nothing = (): void => undefined;
  const call: Pick<Call, 'cancelWithStatus' | 'getPeer' | 'start' | 'sendMessageWithContext' | 'sendMessage' | 'startRead' | 'halfClose'> =
    {
      cancelWithStatus: nothing,
      getPeer: () => '',
      // The retries expect a message before the status, as from any call.
      start: (metadata, listener) => queueMicrotask(() => end(metadata, details, listener)),
      sendMessageWithContext: nothing,
      sendMessage: nothing,
      startRead: nothing,
      halfClose: nothing,
    };
  return call as Call; // without the private parts of the class
}

function end(metadata: Metadata, details: string, listener: Partial<Listener> = {}): void {
  listener.onReceiveMessage?.(null);
  listener.onReceiveStatus?.({ code: CANCELLED, details, metadata });
}
