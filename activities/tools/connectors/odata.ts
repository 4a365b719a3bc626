import { applicationFailureOf, type FailureDetails } from '../../../common/failures';
import { toolFailure } from '../tool-failure';
import { accessToken, forgetToken } from './access-token';
import { valueAt } from './field-path';
import { type JsonAnswer, requestJson } from './request-json';
import type { ResoConfig } from './reso-config';

/** A text as OData writes it. Quotes are doubled, so that nothing a caller gives can end the text; controls have no business in it. */
export function odataText(text: string): string {
  const written = text.replace(/[\p{Cc}\p{Surrogate}]+/gu, ' ').replaceAll("'", "''");
  return `'${written}'`;
}

export interface ODataQuery {
  readonly filter: string;
  readonly select: readonly string[];
  readonly orderBy: string;
  /** Rows of one page. */
  readonly top: number;
}

export interface ODataQuestion {
  readonly tool: string;
  readonly config: ResoConfig;
  readonly resource: string;
  readonly query: ODataQuery;
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** Whether the rows so far suffice; further pages are then not asked for. */
  readonly enough: (rows: readonly unknown[]) => boolean;
}

/** Pages of one question: what does not stand among the first does not matter any more. */
const MAX_PAGES = 4;

/**
 * Rows of a resource, following `@odata.nextLink` until they suffice or four pages are read.
 * @throws ToolFailed as `requestJson` does; final when the answer has no rows or its next page is at another host
 */
export async function odataRows(question: ODataQuestion): Promise<unknown[]> {
  const { enough } = question;
  const rows: unknown[] = [];
  let url: string | undefined = firstPage(question);
  for (let page = 0; page < MAX_PAGES && url !== undefined; page += 1) {
    const answer = await askWithToken(question, url);
    if (!answer.found) throw unusable(question, `there is no "${question.resource}"`);
    rows.push(...valueOf(question, answer.value));
    if (enough(rows)) break;
    url = nextPage(question, answer.value, url);
  }
  return rows;
}

function firstPage({ config: { baseUrl }, resource, query: { filter, select, orderBy, top } }: ODataQuestion): string {
  // Not URLSearchParams: to some servers its "+" is no blank.
  const options = { $filter: filter, $select: select.join(','), $orderby: orderBy, $top: String(top) };
  const parameters = Object.entries(options).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${baseUrl.replace(/\/+$/, '')}/${resource}?${parameters.join('&')}`;
}

async function askWithToken(question: ODataQuestion, url: string): Promise<JsonAnswer> {
  const { tool, config, signal, now } = question;
  const { timeoutMs } = config;
  const token = await accessToken({ tool, config, now });
  const ask = (value: string) => requestJson({ tool, url, headers: { authorization: `Bearer ${value}` }, signal, timeoutMs });
  try {
    return await ask(token.value);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    await forgetToken(config, token.value);
    if (!token.kept) throw error;
    // Not a retry: a token that was kept may have been ended early, and a new one is another request.
    return ask((await accessToken({ tool, config, now })).value);
  }
}

function isRefusal(error: unknown): boolean {
  const details = applicationFailureOf(error)?.details?.[0] as FailureDetails | undefined; // made by requestJson
  return details?.status === 401;
}

function valueOf(question: ODataQuestion, answer: unknown): unknown[] {
  const value = valueAt(answer, 'value');
  if (Array.isArray(value)) return value;
  throw unusable(question, 'it has no list "value"');
}

/** The server names its next page, and its token goes along: only to the server that the file names. */
function nextPage(question: ODataQuestion, answer: unknown, from: string): string | undefined {
  const link = valueAt(answer, '/@odata.nextLink');
  if (typeof link !== 'string') return undefined;
  const next = URL.canParse(link, from) ? new URL(link, from) : undefined;
  if (next?.origin === new URL(from).origin) return next.href;
  throw unusable(question, `its next page is at another place, "${next?.origin ?? 'nowhere'}"`);
}

function unusable({ tool, config: { baseUrl } }: ODataQuestion, why: string): Error {
  const message = `Cannot use the answer of "${new URL(baseUrl).host}" for "${tool}": ${why}; check "baseUrl" of "${tool}" in the tools file`;
  return toolFailure({ message });
}
