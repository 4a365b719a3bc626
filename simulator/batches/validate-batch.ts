import { invalidRequest, type ApiError } from '../api-error';
import { MODELS } from '../models';
import { validateRequest, type Validated } from '../validate';
import type { BatchRequest } from './batch-wire';

export const MAX_BATCH_REQUESTS = 100_000;
/** Largest body of a request that creates a batch. */
export const MAX_BATCH_BYTES = 256 * 1024 * 1024;

const CUSTOM_ID = /^[a-zA-Z0-9_-]{1,64}$/;
const LONG_OUTPUT_BETA = 'output-300k-2026-03-24';
const LONG_OUTPUT_TOKENS = 300_000;

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Checks the shape of a new batch, which is all that creating one checks; what stands in `params` is found out item by item, later. */
export function readBatch(body: unknown): { readonly requests: readonly BatchRequest[] } | { readonly error: ApiError } {
  if (!isFields(body)) return { error: invalidRequest('Request body: Input should be a valid dictionary') };
  const extra = Object.keys(body).find((field) => field !== 'requests');
  if (extra !== undefined) return { error: invalidRequest(`${extra}: Extra inputs are not permitted`) };
  const { requests } = body as { requests?: unknown };
  if (requests === undefined) return { error: invalidRequest('requests: Field required') };
  if (!Array.isArray(requests)) return { error: invalidRequest('requests: Input should be a valid list') };
  if (requests.length === 0) return { error: invalidRequest('requests: List should have at least 1 item after validation, not 0') };
  if (requests.length > MAX_BATCH_REQUESTS) {
    const message = `requests: List should have at most ${MAX_BATCH_REQUESTS} items after validation, not ${requests.length}`;
    return { error: invalidRequest(message) };
  }
  const known = new Set<string>();
  for (const [at, request] of requests.entries()) {
    const problem = itemShapeProblem(request, `requests.${at}`) ?? repeated(known, (request as BatchRequest).custom_id);
    if (problem !== undefined) return { error: invalidRequest(problem) };
  }
  // Every item has been checked above.
  return { requests: requests as BatchRequest[] };
}

function itemShapeProblem(request: unknown, where: string): string | undefined {
  if (!isFields(request)) return `${where}: Input should be a valid dictionary`;
  const { custom_id: customId, params, ...rest } = request as { custom_id?: unknown; params?: unknown };
  const extra = Object.keys(rest)[0];
  if (extra !== undefined) return `${where}.${extra}: Extra inputs are not permitted`;
  if (customId === undefined) return `${where}.custom_id: Field required`;
  if (typeof customId !== 'string') return `${where}.custom_id: Input should be a valid string`;
  if (!CUSTOM_ID.test(customId)) return `${where}.custom_id: String should match pattern '${CUSTOM_ID.source}'`;
  if (params === undefined) return `${where}.params: Field required`;
  return isFields(params) ? undefined : `${where}.params: Input should be a valid dictionary`;
}

function repeated(known: Set<string>, customId: string): string | undefined {
  if (known.has(customId)) return `requests: custom_id must be unique within a batch; "${customId}" is used more than once`;
  known.add(customId);
  return undefined;
}

/** Checks the params of one item: a Messages request, without what makes no sense in a batch. */
export function validateItem(
  params: unknown,
  { version, betas }: { readonly version: string; readonly betas: readonly string[] },
): Validated {
  const fields = params as Fields;
  const misplaced = misplacedField(fields);
  if (misplaced !== undefined) return { error: invalidRequest(misplaced) };
  const wanted = fields['max_tokens'];
  const most = MODELS.get(String(fields['model']))?.maxOutputTokens;
  const long = betas.includes(LONG_OUTPUT_BETA) && typeof wanted === 'number' && Number.isInteger(wanted) && wanted <= LONG_OUTPUT_TOKENS;
  if (!long || most === undefined || wanted <= most) return validateRequest(params, { version });
  const validated = validateRequest({ ...fields, max_tokens: most }, { version });
  return 'error' in validated ? validated : { ...validated, request: { ...validated.request, max_tokens: wanted } };
}

function misplacedField(fields: Fields): string | undefined {
  if (fields['stream'] === true) return 'stream: streaming is not supported in batches';
  if (fields['speed'] !== undefined) return 'speed: not supported in batches';
  if (fields['max_tokens'] === 0) return 'max_tokens: 0 is not supported in batches';
  return undefined;
}
