import { z } from 'zod';

/** The part of a JSON Schema that says what a cell means. */
interface CellSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, CellSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: CellSchema | boolean;
  readonly items?: CellSchema;
  readonly anyOf?: readonly CellSchema[];
}

/** Columns by the field of the input that they fill: `{ name: 'Title' }`. */
export type ColumnMap = Readonly<Record<string, string>>;

/** Turns the cells of a CSV row into the input of a pipeline. */
export interface CellReader {
  read(cells: Readonly<Record<string, string>>): Record<string, unknown>;
  /** Which of these columns fill no field. */
  unused(columns: readonly string[]): string[];
  /** Fields that every row needs and none of these columns fills. */
  missing(columns: readonly string[]): string[];
  /** Two of these columns that fill the same field; undefined when there are none. */
  clash(columns: readonly string[]): readonly [string, string] | undefined;
}

/**
 * Reads cells by the pipeline's own schema. A column fills the field of its name, whatever its case and spaces ("Margin floor
 * percent"); `attributes.color` fills one field of an object. Empty cells are absent. Lists are JSON or separated by `;` or `|`.
 */
export function cellReader(input: z.ZodType, map: ColumnMap = {}): CellReader {
  const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as CellSchema;
  const mapped = new Map(Object.entries(map).map(([field, column]) => [column, field]));
  const isMapped = new Set([...mapped.values()].map((field) => pathOf(findTarget(schema, field))));
  const findFor = (column: string): Target | undefined => {
    const field = mapped.get(column);
    if (field !== undefined) return findTarget(schema, field);
    const target = findTarget(schema, column);
    // Another column was named for that field.
    return isMapped.has(pathOf(target)) ? undefined : target;
  };
  const known = new Map<string, Target | undefined>();
  const targetOf = (column: string): Target | undefined => {
    if (!known.has(column)) known.set(column, findFor(column));
    return known.get(column);
  };
  return {
    clash: (columns) => {
      const filled = new Map<string, string>();
      for (const column of columns) {
        const path = pathOf(targetOf(column));
        const other = path === undefined ? undefined : filled.get(path);
        if (other !== undefined) return [other, column];
        if (path !== undefined) filled.set(path, column);
      }
      return undefined;
    },
    read: (cells) => {
      const fields: Record<string, unknown> = {};
      for (const [column, cell] of Object.entries(cells)) {
        const target = cell === '' ? undefined : targetOf(column);
        if (target !== undefined) place(fields, target, cell);
      }
      return fields;
    },
    unused: (columns) => columns.filter((column) => targetOf(column) === undefined),
    missing: (columns) => {
      const filled = new Set(columns.map((column) => targetOf(column)?.path[0]));
      return (schema.required ?? []).filter((field) => !filled.has(field));
    },
  };
}

interface Target {
  readonly path: readonly string[];
  readonly schema: CellSchema;
}

const pathOf = (target: Target | undefined): string | undefined => target?.path.join('.');

function findTarget(schema: CellSchema, column: string): Target | undefined {
  const [head = '', ...rest] = column.split('.');
  const name = Object.keys(schema.properties ?? {}).find((known) => plain(known) === plain(head));
  const found = name === undefined ? undefined : schema.properties?.[name];
  if (name === undefined || found === undefined) return undefined;
  if (rest.length === 0) return { path: [name], schema: found };
  const { additionalProperties: others } = objectOf(found);
  const deeper = findTarget(objectOf(found), rest.join('.'));
  if (deeper !== undefined) return { path: [name, ...deeper.path], schema: deeper.schema };
  return typeof others === 'object' ? { path: [name, rest.join('.')], schema: others } : undefined;
}

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

const objectOf = (schema: CellSchema): CellSchema => schema.anyOf?.find(({ type }) => type === 'object') ?? schema;

function place(fields: Record<string, unknown>, { path, schema }: Target, cell: string): void {
  const [name = '', ...deeper] = path;
  const [below] = deeper;
  if (below === undefined) fields[name] = valueOf(cell, schema);
  else {
    const object = (fields[name] ??= {}) as Record<string, unknown>; // made here
    place(object, { path: deeper, schema }, cell);
  }
}

/** A cell that does not fit stays text: the pipeline's schema says what is wrong with it. */
function valueOf(cell: string, schema: CellSchema): unknown {
  const types = typesOf(schema);
  if (types.includes('array')) return listOf(cell, schema.anyOf?.find(({ type }) => type === 'array') ?? schema);
  if (types.includes('object') && cell.startsWith('{')) return parsedOr(cell);
  if (types.includes('number') || types.includes('integer')) {
    const number = numberOf(cell);
    // Where texts are allowed too, 007 is one.
    if (number !== undefined && (!types.includes('string') || String(number) === cell)) return number;
  }
  if (types.includes('boolean') && !types.includes('string')) return BOOLEANS[cell.toLowerCase()] ?? cell;
  return cell;
}

const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, yes: true, '1': true, false: false, no: false, '0': false };

const typesOf = ({ type, anyOf = [] }: CellSchema): string[] => [type ?? [], anyOf.flatMap(typesOf)].flat();

/** `1299.00`, `1,299.00`, `$12.50`. */
function numberOf(cell: string): number | undefined {
  const digits = cell.replace(/^[$€£]\s?/, '').replaceAll(/,(?=\d{3}(?:\D|$))/g, '');
  return /^[-+]?\d+(?:\.\d+)?$/.test(digits) ? Number(digits) : undefined;
}

function listOf(cell: string, { items = {} }: CellSchema): unknown {
  if (cell.startsWith('[')) return parsedOr(cell);
  const parts = cell.split(/[;|\n]/).map((part) => part.trim());
  return parts.filter((part) => part !== '').map((part) => valueOf(part, items));
}

function parsedOr(cell: string): unknown {
  try {
    return JSON.parse(cell);
  } catch {
    return cell;
  }
}
