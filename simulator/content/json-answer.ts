import type { Random } from '../random';
import { resolveReference } from '../validate-schema';
import type { JsonSchema, MessagesRequest } from '../wire';
import { briefOf } from './brief';
import { bestExplained } from './explained-words';
import { givenCount } from './given-lists';
import { linkItems } from './linked-items';
import { numberFor } from './numbers';
import { spokenLimits, type SpokenLimits } from './spoken-limits';
import { stringFor } from './strings';
import { createWriter, type Writer } from './writer';

/** Where in the answer a value stands, and what is known of it. */
export interface Place {
  /** Nearest property name; of an array's item that of the array. */
  readonly name: string;
  /** Name of the object or array around. */
  readonly parent: string;
  readonly description: string;
  readonly limits: SpokenLimits;
  /** Place among the items of an array. */
  readonly index: number;
  readonly count: number;
}

interface Walk {
  readonly root: JsonSchema;
  readonly writer: Writer;
  readonly depth: number;
}

/** Deeper than any schema that passes validation; a guard for tool schemas, which may be recursive. */
const DEEPEST = 24;

/** A value that validates against the schema and whose texts are about what the request asks. */
export function writeJson(schema: JsonSchema, request: MessagesRequest, random: Random): unknown {
  const writer = createWriter(briefOf(request), random);
  return valueFor(schema, { name: '', parent: '', description: '', limits: {}, index: 0, count: 1 }, { root: schema, writer, depth: 0 });
}

function valueFor(schema: JsonSchema, place: Place, walk: Walk): unknown {
  const { random } = walk.writer;
  if (walk.depth > DEEPEST) return null;
  const deeper = { ...walk, depth: walk.depth + 1 };
  const here = described(schema, place);
  if (schema.$ref !== undefined) return valueFor(resolveReference(walk.root, schema.$ref) ?? {}, here, deeper);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return chooseWord(schema.enum, here, walk.writer);
  if (schema.allOf !== undefined) return valueFor(merged(schema, walk.root), here, deeper);
  if (schema.anyOf !== undefined) return valueFor(chooseVariant(schema.anyOf, walk.writer), here, deeper);
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? (schema.properties ? ['object'] : ['string']));
  const filled = types.filter((type) => type !== 'null');
  const type = filled.length === 0 ? 'null' : types.includes('null') && random.chance(NULL_CHANCE) ? 'null' : random.pick(filled);
  switch (type) {
    case 'object':
      return objectFor(schema, here, deeper);
    case 'array':
      return arrayFor(schema, here, deeper);
    case 'integer':
    case 'number': {
      const entries = givenCount(here, walk.writer.brief);
      if (entries > 0) return random.int(0, entries - 1);
      return numberFor(here, { whole: type === 'integer', schema, random });
    }
    case 'boolean':
      return booleanFor(here, random.next());
    case 'null':
      return null;
    default:
      return stringFor(here, { format: schema.format, writer: walk.writer });
  }
}

/** How often a nullable value is null. */
const NULL_CHANCE = 0.15;
const OPTIONAL_CHANCE = 0.8;

function described(schema: JsonSchema, place: Place): Place {
  if (schema.description === undefined) return place;
  return {
    ...place,
    description: `${place.description} ${schema.description}`.trim(),
    limits: { ...place.limits, ...spokenLimits(schema.description) },
  };
}

function chooseVariant(variants: readonly JsonSchema[], { random }: Writer): JsonSchema {
  const filled = variants.filter((variant) => variant.type !== 'null');
  const nullable = filled.length < variants.length;
  if (filled.length === 0 || (nullable && random.chance(NULL_CHANCE))) return { type: 'null' };
  return random.pick(filled);
}

/** Longer lists are of codes, like currencies; shorter ones may be judgements. */
const LONG_LIST = 6;

/** A word of a list: the code that the material uses under the same name, the one whose explanation fits the request, otherwise the request decides by its hash. */
function chooseWord(words: readonly unknown[], place: Place, { random, brief }: Writer): unknown {
  const used = words.length > LONG_LIST ? brief.wordsUnder(place.name).filter((word) => words.includes(word)) : [];
  if (used.length === 1) return used[0];
  const explained = bestExplained(words, place.description, brief.prompt);
  if (explained !== undefined) return explained;
  const good = words.filter(
    (word) => typeof word === 'string' && /^(?:approved?|accept(?:ed)?|pass(?:ed)?|ok|yes|high|good|done)$/i.test(word),
  );
  const judging = /verdict|decision|status|outcome|confidence/i.test(place.name);
  return judging && good.length > 0 && random.chance(0.7) ? random.pick(good) : random.pick(words);
}

function merged(schema: JsonSchema, root: JsonSchema): JsonSchema {
  const parts = (schema.allOf ?? []).map((part) => (part.$ref === undefined ? part : (resolveReference(root, part.$ref) ?? {})));
  return parts.reduce<JsonSchema>(
    (all, part) => ({
      ...all,
      ...part,
      properties: { ...all.properties, ...part.properties },
      required: [...(all.required ?? []), ...(part.required ?? [])],
    }),
    { ...schema, allOf: undefined } as unknown as JsonSchema,
  );
}

function objectFor(schema: JsonSchema, place: Place, walk: Walk): Record<string, unknown> {
  const required = new Set(schema.required ?? []);
  const properties = Object.entries(schema.properties ?? {});
  const ordered = [...properties.filter(([name]) => required.has(name)), ...properties.filter(([name]) => !required.has(name))];
  const entries = ordered
    .filter(([name]) => required.has(name) || walk.writer.random.chance(OPTIONAL_CHANCE))
    .map(([name, child]) => {
      const inner: Place = { name, parent: place.name, description: '', limits: {}, index: place.index, count: place.count };
      return [name, valueFor(child, inner, walk)] as const;
    });
  return Object.fromEntries(entries);
}

/** Arrays that nobody gave a length, by name; others have three items or so. */
const USUAL_ITEMS: ReadonlyArray<readonly [RegExp, number, number]> = [
  [/outline|sections|chapters|headings/i, 5, 5],
  [/keywords|tags/i, 4, 6],
  [/issues|problems|corrections|warnings/i, 1, 2],
];

/** Lists of a reviewer who mostly has nothing to object to, or no loop of reviews would end soon. */
const OBJECTIONS = /\bempty when (?:nothing is wrong|there is nothing to object to)\b/i;
const NO_OBJECTION_CHANCE = 0.8;

function arrayFor(schema: JsonSchema, place: Place, walk: Walk): unknown[] {
  const { random } = walk.writer;
  if (schema.minItems === undefined && OBJECTIONS.test(place.description) && random.chance(NO_OBJECTION_CHANCE)) return [];
  const [usualLeast, usualMost] = USUAL_ITEMS.find(([name]) => name.test(place.name))?.slice(1) ?? [2, 4];
  const stated = place.limits;
  const asked = askedCount(place.name, walk.writer.brief.prompt);
  const least = Math.max(schema.minItems ?? 0, stated.minItems ?? Math.min(Number(usualLeast), stated.maxItems ?? Infinity));
  // A range is a wish, a mere upper bound is not.
  const wanted = stated.minItems === undefined ? Math.min(stated.maxItems ?? Infinity, Number(usualMost)) : (stated.maxItems ?? least + 2);
  const most = Math.max(least, wanted);
  const drawn = random.int(least, Math.min(most, least + 4));
  const exact = exactCount(place.name, walk.writer.brief.prompt);
  const count = Math.max(schema.minItems ?? 0, exact === undefined ? Math.min(drawn, asked) : Math.min(exact, stated.maxItems ?? exact));
  const items = schema.items ?? { type: 'string' };
  const values = Array.from({ length: count }, (_unused, index) =>
    valueFor(items, { name: place.name, parent: place.parent, description: '', limits: {}, index, count }, walk),
  );
  return linkItems(values, random);
}

/** What a prompt itself sets as the bound of a list: `at most 4 subtasks`. */
function askedCount(name: string, prompt: string): number {
  const stated = name === '' ? null : new RegExp(`at most (\\d+) ${name.replace(/[^\w]/g, '\\$&')}\\b`, 'i').exec(prompt);
  return stated === null ? Infinity : Number(stated[1]);
}

/** What a prompt itself sets as the length of a list: `exactly 12 sections`, `about 10 competitors`. */
function exactCount(name: string, prompt: string): number | undefined {
  const stated = name === '' ? null : new RegExp(`(?:exactly|about) (\\d+) ${name.replace(/[^\w]/g, '\\$&')}\\b`, 'i').exec(prompt);
  return stated === null ? undefined : Number(stated[1]);
}

/** Judgements lean to yes, or no loop of reviews would end soon. */
function booleanFor({ name }: Place, draw: number): boolean {
  if (/^(?:needs|has(?:Errors|Issues)|requires|blocked|rejected|fail)/i.test(name)) return draw < 0.25;
  return draw < (/approv|accept|pass|ok|ready|complete|done|valid|correct|publish|supported|agree/i.test(name) ? 0.8 : 0.5);
}
