import { z } from 'zod';

/** One field of an object schema, for people. */
export interface FieldDescription {
  readonly name: string;
  readonly type: string;
  readonly need: string;
  readonly description: string;
}

interface JsonSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly description?: string;
  readonly default?: unknown;
}

function typeOf(schema: JsonSchema): string {
  if (schema.enum !== undefined) return schema.enum.map(String).join(' | ');
  if (schema.items !== undefined) return `list of ${typeOf(schema.items)}`;
  return schema.type ?? 'any';
}

function fieldsOf(schema: JsonSchema, prefix: string): FieldDescription[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    const required = schema.required?.includes(name) === true && field.default === undefined;
    const need = required ? 'required' : field.default === undefined ? 'optional' : `default ${JSON.stringify(field.default)}`;
    const own = { name: path, type: typeOf(field), need, description: field.description ?? '' };
    const nested = field.items?.properties === undefined ? fieldsOf(field, `${path}.`) : fieldsOf(field.items, `${path}[].`);
    return [own, ...nested];
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
