import { z } from 'zod';

import { toolFailure } from '../tool-failure';
import { convertValue, type FieldKind } from '../../../common/convert-value';
import { fieldPath, valueAt } from './field-path';
import { readRows, type Rows } from './read-rows';
import { requestJson } from './request-json';
import { keepsSecrets, MUST_BE_HTTPS } from './service-address';
import { fillTemplate, type TemplateValues, templateProblem, unknownPlaceholder } from './url-template';

/** What a tool can ask by this connector and which fields it wants of each row. */
export interface HttpJsonShape {
  /** Names that may stand in braces in the address. */
  readonly placeholders: readonly string[];
  /** A row without one of these does not fit. */
  readonly required: Readonly<Record<string, FieldKind>>;
  readonly optional?: Readonly<Record<string, FieldKind>>;
}

const scalar = z.union([z.string(), z.number(), z.boolean()]);

const mappedField = z.union(
  [
    fieldPath,
    z.strictObject({
      path: fieldPath,
      /** The service's word → ours; words that are not listed count as missing. */
      values: z.record(z.string(), scalar).optional(),
      /** Factor of a number, as from kilometers to miles. */
      times: z.number().positive().optional(),
      /** For rows that lack it. */
      otherwise: scalar.optional(),
    }),
  ],
  { error: 'must be a path like "school.name" or an object { path, values, times, otherwise }' },
);

type MappedField = z.output<typeof mappedField>;

/** What every section has, checked against what the tool can ask and wants. */
function baseShape({ placeholders, required, optional = {} }: HttpJsonShape) {
  const names = [...Object.keys(required), ...Object.keys(optional)];
  const template = (problemOf: (text: string, known: readonly string[]) => string | undefined) =>
    z.string().superRefine((text, context) => {
      const message = problemOf(text, placeholders);
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    });
  return {
    connector: z.literal('httpJson'),
    url: template(templateProblem),
    /** Parameters added to the address, one by one left out when what it needs is not known. */
    query: z.record(z.string().min(1), template(unknownPlaceholder)).default({}),
    headers: z.record(z.string().min(1), z.string()).default({}),
    /** Where the list of rows is; an object there is the only row. */
    rows: fieldPath.default(''),
    fields: z.record(z.string(), mappedField).superRefine((given, context) => {
      const unknown = Object.keys(given).find((name) => !names.includes(name));
      if (unknown !== undefined)
        context.addIssue({ code: 'custom', message: `has the unknown field "${unknown}"; use ${names.join(', ')}` });
      const missing = Object.keys(required).filter((name) => !Object.hasOwn(given, name));
      if (missing.length > 0) context.addIssue({ code: 'custom', message: `must say where in a row ${missing.join(', ')} is` });
    }),
    /** Who supplies the data, as results say it; the host without it. */
    source: z.string().trim().min(1).max(200).optional(),
    timeoutMs: z.number().int().min(100).max(25_000).default(10_000),
  };
}

export type HttpJsonConfig = z.output<z.ZodObject<ReturnType<typeof baseShape>>>;

/** Schema of a tool's section of the tools file for this connector. */
export function httpJsonSchema(shape: HttpJsonShape): z.ZodObject<ReturnType<typeof baseShape>, z.core.$strict> {
  return z.strictObject(baseShape(shape)).refine(keepsSecrets, { path: ['url'], error: MUST_BE_HTTPS });
}

export interface HttpJsonRequest {
  readonly tool: string;
  readonly config: HttpJsonConfig;
  readonly shape: HttpJsonShape;
  readonly values: TemplateValues;
  readonly signal: AbortSignal;
}

export interface HttpJsonQuestion<Row> extends HttpJsonRequest {
  /** What a row must be once its fields are mapped. */
  readonly row: z.ZodType<Row>;
}

export interface HttpJsonRows<Row> extends Rows<Row> {
  readonly source: string;
}

/**
 * Asks a service and maps what it answers; no record (404) is no row.
 * @throws ToolFailed as `fetchMapped` and `readRows` do
 */
export async function fetchRows<Row>({ row, ...request }: HttpJsonQuestion<Row>): Promise<HttpJsonRows<Row>> {
  return readMapped(await fetchMapped(request), row, request);
}

/**
 * The rows of an answer under our names, before anybody has looked whether they fit: several answers may be judged as one.
 * @throws ToolFailed as `requestJson` does, and when there are no rows where the configuration says
 */
export async function fetchMapped({ tool, config, shape, values, signal }: HttpJsonRequest): Promise<Array<Record<string, unknown>>> {
  const { query, headers, timeoutMs } = config;
  const url = fillTemplate({ tool, url: config.url, query, values });
  const answer = await requestJson({ tool, url, headers, signal, timeoutMs });
  if (!answer.found) return [];
  return rowsOf(answer.value, config.rows, { tool, host: hostOf(config) }).map((item) => mapRow(item, config.fields, shape));
}

/** @throws ToolFailed as `readRows` does */
export function readMapped<Row>(
  mapped: ReadonlyArray<Record<string, unknown>>,
  row: z.ZodType<Row>,
  { tool, config }: Pick<HttpJsonRequest, 'tool' | 'config'>,
): HttpJsonRows<Row> {
  const host = hostOf(config);
  const advice = `check "rows" and "fields" of "${tool}" in the tools file`;
  return { ...readRows(mapped, row, { tool, host, advice }), source: config.source ?? host };
}

/** No placeholder stands in it. */
const hostOf = ({ url }: HttpJsonConfig): string => new URL(url).host;

function rowsOf(value: unknown, path: string, { tool, host }: { readonly tool: string; readonly host: string }): unknown[] {
  const found = valueAt(value, path);
  if (Array.isArray(found)) return found;
  if (found === null) return [];
  if (typeof found === 'object') return [found];
  throw toolFailure({
    message: `Cannot use the answer of "${host}" for "${tool}": it has no records at "${path}"; check "rows" of "${tool}" in the tools file`,
  });
}

/** A row under our names; what it lacks is absent. What is no object has no field and fits nothing. */
function mapRow(row: unknown, fields: HttpJsonConfig['fields'], { required, optional }: HttpJsonShape): Record<string, unknown> {
  const mapped = Object.entries({ ...required, ...optional }).flatMap(([name, kind]) => {
    const field = fields[name];
    const value = field === undefined ? undefined : mappedValue(row, field, kind);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(mapped);
}

function mappedValue(row: unknown, field: MappedField, kind: FieldKind): unknown {
  if (typeof field === 'string') return convertValue(valueAt(row, field), kind);
  const { path, values, times, otherwise } = field;
  const given = valueAt(row, path);
  const word = String(given);
  const value = convertValue(values === undefined ? given : Object.hasOwn(values, word) ? values[word] : undefined, kind);
  if (value === undefined) return convertValue(otherwise, kind);
  // Twelve digits are more than any service measures, and hide what binary fractions add.
  return times === undefined || typeof value !== 'number' ? value : Number((value * times).toPrecision(12));
}
