import { z } from 'zod';

/** One field of an object schema, for people. */
export interface FieldDescription {
  readonly name: string;
  readonly type: string;
  readonly need: string;
  readonly description: string;
}

interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: string | number | boolean | null;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly required?: readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  /** Troupe itself writes it: nothing for people. */
  readonly internal?: boolean;
}

/** The members of a union; undefined when it is none. */
const membersOf = ({ anyOf, oneOf }: JsonSchema): readonly JsonSchema[] | undefined => anyOf ?? oneOf;

const oneOfThese = (types: readonly string[]): string => [...new Set(types)].join(' | ');

/** A type that others follow: a union in brackets. */
const grouped = (type: string): string => (type.includes(' | ') ? `(${type})` : type);

function typeOf(schema: JsonSchema): string {
  const members = membersOf(schema);
  if (members !== undefined) return oneOfThese(members.map(typeOf));
  if (schema.const !== undefined) return String(schema.const);
  if (schema.enum !== undefined) return oneOfThese(schema.enum.map(String));
  if (schema.items !== undefined) return `list of ${grouped(typeOf(schema.items))}`;
  const { additionalProperties: values, type = 'any' } = schema;
  if (typeof values === 'object' && Object.keys(values).length > 0) return `object of ${grouped(typeOf(values))}`;
  return typeof type === 'string' ? type : oneOfThese(type);
}

const LONGEST_DEFAULT = 60;

/** A long list would push the column of meanings off the screen: the JSON schema has it. */
function defaultOf(value: unknown): string {
  const text = JSON.stringify(value);
  return Array.isArray(value) && text.length > LONGEST_DEFAULT ? `list of ${value.length}` : text;
}

function fieldsOf(schema: JsonSchema, path: string): FieldDescription[] {
  const members = membersOf(schema);
  if (members !== undefined) return merged(members.map((member) => fieldsOf(member, path)).filter((fields) => fields.length > 0));
  if (schema.items !== undefined) return fieldsOf(schema.items, `${path}[]`);
  return Object.entries(schema.properties ?? {}).flatMap(([key, field]) => {
    if (field.internal === true) return [];
    const name = path === '' ? key : `${path}.${key}`;
    const required = schema.required?.includes(key) === true && field.default === undefined;
    const need = required ? 'required' : field.default === undefined ? 'optional' : `default ${defaultOf(field.default)}`;
    return [{ name, type: typeOf(field), need, description: field.description ?? '' }, ...fieldsOf(field, name)];
  });
}

/** The fields of all members of a union, each once; one that not all of them need is optional. */
function merged(members: ReadonlyArray<readonly FieldDescription[]>): FieldDescription[] {
  const names = new Set(members.flatMap((fields) => fields.map(({ name }) => name)));
  return [...names].map((name) => {
    const same = members.flatMap((fields) => fields.filter((field) => field.name === name));
    const needs = new Set(same.map(({ need }) => need));
    return {
      name,
      type: oneOfThese(same.map(({ type }) => type)),
      need: same.length === members.length && needs.size === 1 ? [...needs].join('') : 'optional',
      description: same.find(({ description }) => description !== '')?.description ?? '',
    };
  });
}

/** The fields that a schema accepts (`input`) or gives (`output`), nested ones by their path. */
export function describeSchema(schema: z.ZodType, io: 'input' | 'output'): FieldDescription[] {
  return fieldsOf(z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonSchema, '');
}

/** The schema as programs read it. */
export function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output'): unknown {
  return z.toJSONSchema(schema, { io, unrepresentable: 'any' });
}
