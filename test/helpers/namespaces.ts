import type { Connection } from '@temporalio/client';

import { SEARCH_ATTRIBUTES } from '../../common/search-attributes';
import { until } from './until';

/** Numbers of Temporal's `IndexedValueType`. */
const VALUE_TYPES = { Keyword: 2, Double: 4 } as const;
const A_DAY_S = 86_400;

/** Makes namespaces that are ready for runs, so that workers with the same task queue do not meet on a shared server. */
export async function makeNamespaces(connection: Connection, names: readonly string[]): Promise<void> {
  await Promise.all(names.map((name) => makeNamespace(connection, name)));
}

async function makeNamespace({ workflowService, operatorService }: Connection, namespace: string): Promise<void> {
  await workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: { seconds: A_DAY_S as never } });
  const searchAttributes = Object.fromEntries(Object.entries(SEARCH_ATTRIBUTES).map(([name, type]) => [name, VALUE_TYPES[type]]));
  await until(async () => {
    await operatorService.addSearchAttributes({ namespace, searchAttributes });
    return true;
  });
  await until(async () => {
    const known = await operatorService.listSearchAttributes({ namespace });
    return Object.keys(SEARCH_ATTRIBUTES).every((name) => name in known.customAttributes);
  });
}
