import { type Answer, type DataServer, json, startDataServer, text } from '../data-server';

type Row = Readonly<Record<string, unknown>>;

export interface ResoServer extends DataServer {
  /** What it holds under `/odata/Property`. */
  rows: readonly unknown[];
  /** Rows of one page, whatever `$top` says. */
  pageSize: number;
  /** Bearer tokens that it takes. */
  readonly tokens: Set<string>;
  /** Filters of the requests for properties so far. */
  readonly filters: () => string[];
}

const NAMES = /^[A-Z][A-Za-z]*$/;

/** A server of the RESO Web API: it reads filters as OData defines them, sorts, pages by `@odata.nextLink` and wants a bearer token. */
export async function startResoServer(rows: readonly unknown[] = []): Promise<ResoServer> {
  const tokens = new Set(['static-t0ken']);
  const answer: Answer = ({ url, headers }, response) => {
    const reply = (given: Answer) => given({} as never, response);
    const fail = (status: number, message: string) => reply(json({ error: { code: String(status), message } }, status));
    if (!tokens.has(String(headers.authorization).replace(/^Bearer /, ''))) return fail(401, 'The token is missing or has ended');
    if (url.pathname !== '/odata/Property') return reply(text('', 404));
    const parameter = (name: string) => url.searchParams.get(name) ?? '';
    const fields = parameter('$select').split(',');
    if (!fields.every((name) => NAMES.test(name))) return fail(400, 'Cannot read $select');
    let matches: (row: Row) => boolean;
    try {
      matches = parseFilter(parameter('$filter'));
    } catch (error) {
      return fail(400, String(error));
    }
    const [sort = '', direction] = parameter('$orderby').split(' ');
    const found = reso.rows.filter((row) => typeof row !== 'object' || row === null || matches(row as Row));
    const sorted = found.toSorted((one, other) => order(one, other, sort) * (direction === 'desc' ? -1 : 1));
    const skip = Number(url.searchParams.get('$skiptoken') ?? 0);
    const size = Math.min(reso.pageSize, Number(parameter('$top')));
    const next = new URL(`http://${headers.host}${url.pathname}${url.search}`);
    next.searchParams.set('$skiptoken', String(skip + size));
    reply(
      json({
        '@odata.context': `http://${headers.host}/odata/$metadata#Property`,
        value: sorted.slice(skip, skip + size).map((row) => selected(row, fields)),
        ...(skip + size < sorted.length && { '@odata.nextLink': next.href }),
      }),
    );
  };
  const server = await startDataServer(answer);
  const filters = () => server.arrived.map(({ url }) => url.searchParams.get('$filter') ?? '');
  const reso: ResoServer = Object.assign(server, { rows, pageSize: 100, tokens, filters });
  return reso;
}

const order = (one: unknown, other: unknown, name: string): number =>
  textOf((one as Row | null)?.[name]).localeCompare(textOf((other as Row | null)?.[name]));

/** Of null, as of anything that is no text, there is none. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function selected(row: unknown, fields: readonly string[]): unknown {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return row;
  return Object.fromEntries(Object.entries(row).filter(([name]) => fields.includes(name)));
}

const TOKEN = /\s*(?:('(?:[^']|'')*')|(\d{4}-\d{2}-\d{2}|-?\d+(?:\.\d+)?)|([A-Za-z]+)|([(),]))/y;

/** Conditions joined by `and`: comparisons, brackets, `startswith`, `contains` and `tolower`. Anything else is an error, as on a real server. */
export function parseFilter(filter: string): (row: Row) => boolean {
  const tokens = tokenize(filter);
  const take = (expected?: string): string => {
    const token = tokens.shift();
    if (token === undefined || (expected !== undefined && token !== expected))
      throw new Error(`Cannot read the filter at "${token ?? 'its end'}"`);
    return token;
  };
  const operand = (): ((row: Row) => unknown) => {
    const token = take();
    if (token.startsWith("'")) return () => token.slice(1, -1).replaceAll("''", "'");
    if (/^-?\d/.test(token)) return () => (/^\d{4}-/.test(token) ? token : Number(token));
    if (token === 'tolower') {
      take('(');
      const inner = operand();
      take(')');
      return (row) => textOf(inner(row)).toLowerCase();
    }
    if (!NAMES.test(token)) throw new Error(`Cannot read the filter at "${token}"`);
    return (row) => row[token] ?? null;
  };
  const condition = (): ((row: Row) => boolean) => {
    if (tokens[0] === '(') {
      take('(');
      const inner = all();
      take(')');
      return inner;
    }
    if (tokens[0] === 'startswith' || tokens[0] === 'contains') {
      const name = take();
      take('(');
      const whole = operand();
      take(',');
      const part = operand();
      take(')');
      const holds = (text: string, piece: string) => (name === 'contains' ? text.includes(piece) : text.startsWith(piece));
      return (row) => holds(textOf(whole(row)), textOf(part(row)));
    }
    const left = operand();
    const operator = take();
    const right = operand();
    return (row) => compare(left(row), operator, right(row));
  };
  const all = (): ((row: Row) => boolean) => {
    const conditions = [condition()];
    while (tokens[0] === 'and') {
      take('and');
      conditions.push(condition());
    }
    return (row) => conditions.every((holds) => holds(row));
  };
  const holds = all();
  if (tokens.length > 0) throw new Error(`Cannot read the filter at "${tokens[0]}"`);
  return holds;
}

function tokenize(filter: string): string[] {
  const found: string[] = [];
  TOKEN.lastIndex = 0;
  while (filter.slice(TOKEN.lastIndex).trim() !== '') {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(filter);
    if (match === null) throw new Error(`Cannot read the filter at character ${at}`);
    found.push(match[0].trim());
  }
  return found;
}

function compare(left: unknown, operator: string, right: unknown): boolean {
  if (operator === 'eq') return left === right;
  if (left === null || typeof left !== typeof right) return false;
  if (operator === 'ge') return (left as number) >= (right as number);
  if (operator === 'le') return (left as number) <= (right as number);
  throw new Error(`Cannot read the operator "${operator}"`);
}

/** A closed sale as a server has it. */
export function resoRow(more: Row = {}): Row {
  return {
    ListingKey: 'K1',
    UnparsedAddress: '14 Larch St, Quillmere, OR 97000',
    City: 'Quillmere',
    StateOrProvince: 'OR',
    PostalCode: '97000',
    Latitude: 44.5,
    Longitude: -123.2,
    PropertyType: 'Residential',
    PropertySubType: 'Single Family Residence',
    StandardStatus: 'Closed',
    BedroomsTotal: 3,
    BathroomsTotalInteger: 3,
    BathroomsFull: 2,
    BathroomsHalf: 1,
    LivingArea: 1840.0,
    LotSizeSquareFeet: 6200.0,
    YearBuilt: 1998,
    Stories: 2,
    GarageSpaces: 2,
    InteriorFeatures: ['Hardwood Floors', 'Pantry'],
    ExteriorFeatures: ['Deck'],
    Appliances: ['Dishwasher', 'Pantry'],
    TaxAnnualAmount: 5210.0,
    ClosePrice: 548000,
    CloseDate: '2026-06-18',
    ModificationTimestamp: '2026-06-20T10:00:00Z',
    ...more,
  };
}
