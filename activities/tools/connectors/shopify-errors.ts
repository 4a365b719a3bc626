import { z } from 'zod';

import { toolFailure } from '../tool-failure';

const number = z.number().nullish().catch(undefined);
const envelopeSchema = z.object({
  data: z.unknown().optional(),
  errors: z
    .union([z.array(z.object({ message: z.string(), extensions: z.object({ code: z.string().nullish() }).nullish() })), z.string()])
    .nullish(),
  extensions: z
    .object({
      cost: z
        .object({
          requestedQueryCost: number,
          throttleStatus: z.object({ currentlyAvailable: number, restoreRate: number }).nullish(),
        })
        .nullish(),
    })
    .nullish(),
});
type Envelope = z.output<typeof envelopeSchema>;

const CODE = /^[A-Za-z_]{1,40}$/;
const SHORTEST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

/**
 * The data of an answer of Shopify's GraphQL API, which reports most failures with status 200.
 * @throws ToolFailed; retryable: too many points used (with the time until there are enough), Shopify's own errors. Final: the rest.
 *   Of an error only its code is told
 */
export function shopifyData(answer: unknown, { host, tool }: { readonly host: string; readonly tool: string }): unknown {
  const parsed = envelopeSchema.safeParse(answer);
  const ask = `Cannot ask "${host}" for "${tool}"`;
  if (!parsed.success) throw toolFailure({ message: `${ask}: it does not answer like Shopify; check the address in the tools file` });
  const { data, errors } = parsed.data;
  if (errors == null || errors.length === 0) return data;
  const codes = typeof errors === 'string' ? [] : errors.map(codeOf);
  if (codes.includes('THROTTLED')) {
    const message = `${ask}: it has had too many requests (THROTTLED); it is tried again`;
    throw toolFailure({ message, retryable: true, retryAfterMs: refillMs(parsed.data) });
  }
  if (codes.length > 0 && codes.every((code) => code === 'INTERNAL_SERVER_ERROR' || code === 'TIMEOUT')) {
    throw toolFailure({ message: `${ask}: it cannot answer now (${codes[0] ?? ''}); it is tried again`, retryable: true });
  }
  if (codes.includes('ACCESS_DENIED')) {
    throw toolFailure({ message: `${ask}: its token may not read products (ACCESS_DENIED); give it the access scope "read_products"` });
  }
  const known = codes.filter((code) => CODE.test(code));
  const code = known.length > 0 ? ` (${[...new Set(known)].slice(0, 3).join(', ')})` : '';
  throw toolFailure({ message: `${ask}: it refuses the query${code}; check the shop and its token in the tools file` });
}

function codeOf({
  message,
  extensions,
}: {
  message: string;
  extensions?: { code?: string | null | undefined } | null | undefined;
}): string {
  return extensions?.code ?? (message === 'Throttled' ? 'THROTTLED' : '');
}

/** Until as many points have come back as the query takes. */
function refillMs({ extensions }: Envelope): number {
  const { requestedQueryCost, throttleStatus } = extensions?.cost ?? {};
  const { currentlyAvailable, restoreRate } = throttleStatus ?? {};
  if (requestedQueryCost == null || currentlyAvailable == null || restoreRate == null || restoreRate <= 0) return SHORTEST_WAIT_MS;
  const wait = Math.ceil(((requestedQueryCost - currentlyAvailable) / restoreRate) * 1_000);
  return Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, wait));
}
