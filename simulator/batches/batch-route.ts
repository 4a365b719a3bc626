import { MAX_BODY_BYTES } from '../read-body';
import type { FaultTarget } from '../faults';
import { MAX_BATCH_BYTES } from './validate-batch';

const BASE = '/v1/messages/batches';

/** An endpoint by the name under which faults know it, and the batch it is about. */
export interface BatchRoute {
  readonly endpoint: Exclude<FaultTarget, 'messages' | 'batch_item'>;
  /** Empty for the endpoints that are about no single batch. */
  readonly id: string;
}

export const isBatchPath = (path: string): boolean => path === BASE || path.startsWith(`${BASE}/`);

/** Largest body that a path takes. */
export const maxBodyOf = (path: string): number => (path === BASE ? MAX_BATCH_BYTES : MAX_BODY_BYTES);

/** Which endpoint a request is for; a status when there is none. */
export function routeOf(method: string, path: string): BatchRoute | 404 | 405 {
  if (path === BASE) {
    if (method === 'POST') return { endpoint: 'batch_create', id: '' };
    return method === 'GET' ? { endpoint: 'batch_list', id: '' } : 405;
  }
  const [id = '', part, ...rest] = path.slice(BASE.length + 1).split('/');
  if (id === '' || rest.length > 0) return 404;
  switch (part) {
    case undefined:
      if (method === 'GET') return { endpoint: 'batch_retrieve', id };
      return method === 'DELETE' ? { endpoint: 'batch_delete', id } : 405;
    case 'cancel':
      return method === 'POST' ? { endpoint: 'batch_cancel', id } : 405;
    case 'results':
      return method === 'GET' ? { endpoint: 'batch_results', id } : 405;
    default:
      return 404;
  }
}
