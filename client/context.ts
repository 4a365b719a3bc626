import type { Client } from '@temporalio/client';

import type { Store } from '../storage/store';
import type { Attempt } from './service-errors';

/** What every part of the library needs: a connection and where the run's other traces are. */
export interface ClientContext {
  readonly client: Client;
  readonly address: string;
  readonly namespace: string;
  /** Address of Temporal's Web UI without trailing slash; null when it is not known. */
  readonly webUi: string | null;
  /** Whether the workers of this server talk to the simulator; undefined when they are not ours to know. */
  readonly simulated: boolean | undefined;
  /** Opens the store at first use; undefined when there is none here. */
  readonly openStore: () => Promise<Store | undefined>;
}

/** Names a request for `asking`. */
export function attempt(context: ClientContext, action: string, workflowId?: string): Attempt {
  return { action, address: context.address, namespace: context.namespace, ...(workflowId === undefined ? {} : { workflowId }) };
}
