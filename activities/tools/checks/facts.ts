import { clauseLookup, quantityLookup, type ClauseLookup, type QuantityLookup } from './fact-lookup';
import { foldText } from './fold-text';
import { mapInTurns } from './in-turns';
import { quantitiesIn, type Quantity } from './quantities';
import { stemOf, wordsOfField } from './stems';
import { units, type Unit } from './lists/units';

/** A fact as a pipeline has it. */
export interface Fact {
  readonly field: string;
  readonly value: string | number | boolean | readonly string[];
  readonly kind?: 'money' | 'percent' | 'number' | undefined;
  /** Of an amount, in any spelling. @default any currency */
  readonly currency?: string | undefined;
}

/** One thing that a fact says, in stems of words. */
export interface FactClause {
  readonly field: string;
  readonly stems: ReadonlySet<string>;
  /** It says that there is none. */
  readonly negated: boolean;
}

/** A number of a fact and what it counts or measures. */
export interface FactQuantity extends Pick<Quantity, 'value' | 'currency'> {
  readonly field: string;
  /** `undefined`: the fact does not say. */
  readonly kind: 'money' | 'percent' | 'number' | undefined;
  readonly unit?: Unit;
  /** Stems of the field's name and of the words around the number. */
  readonly words: ReadonlySet<string>;
  /** The number of items in a list: a figure only for a text that names them. */
  readonly items: boolean;
}

export interface FactIndex {
  /** The facts are those of a product, not of a home. */
  readonly isProduct: boolean;
  readonly clauses: ClauseLookup;
  readonly quantities: QuantityLookup;
  /** Values that name a place, a person or the thing itself: no claims, and no support for any but themselves. */
  readonly names: readonly string[];
  /** All values in small letters and digits only, each with its field. */
  readonly squashed: ReadonlyArray<{ readonly field: string; readonly text: string }>;
  /** The answer to a question on the facts, worked out once: texts say the same over and over. */
  readonly once: (question: string, answer: () => string | undefined) => string | undefined;
}

const NAME_FIELD = /address|street|city|county|state|postal|zip|neighbou?rhood|subdivision|school|agent|broker|seller|community$/i;
const TITLE_FIELD = /title|name|brand|vendor|model|sku|productid/i;
const PRODUCT_FIELD = /title|sku|brand|vendor|product|material|ingredient|weight|warranty|^price$/i;
const HOME_FIELD = /bedroom|bathroom|livingarea|lotsize|yearbuilt|propertytype|listprice|hoa|address|acre|garage|rentmonthly/i;
const MONEY_FIELD =
  /price|cost|rent|deposit|tax|hoa|fee|dues|maintenance|payment|income|assessment|usd|amount|discount|saving|msrp|budget/i;
const PERCENT_FIELD = /percent|pct|rate$/i;

/** A fact may be a text of 100,000 characters. */
const FACTS_A_TURN = 5;

/** Facts prepared for look-ups. */
export async function indexFacts(facts: readonly Fact[]): Promise<FactIndex> {
  const clauses = (await mapInTurns(facts, clausesOf, FACTS_A_TURN)).flat();
  const quantities = (await mapInTurns(facts, quantitiesOf, FACTS_A_TURN)).flat();
  const answers = new Map<string, string | undefined>();
  return {
    isProduct: facts.some(({ field }) => PRODUCT_FIELD.test(field)) && !facts.some(({ field }) => HOME_FIELD.test(field)),
    clauses: clauseLookup(clauses),
    quantities: quantityLookup(quantities),
    names: facts.filter(({ field }) => NAME_FIELD.test(field) || TITLE_FIELD.test(field)).flatMap(({ value }) => textsOf(value)),
    squashed: facts.flatMap(({ field, value }) => textsOf(value).map((text) => ({ field, text: squash(text) }))),
    once: (question, answer) => {
      if (!answers.has(question)) answers.set(question, answer());
      return answers.get(question);
    },
  };
}

/** Small letters and digits only. */
export const squash = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.]/gu, '')
    .replace(/\.(?!\d)/g, '');

function textsOf(value: Fact['value']): string[] {
  return typeof value === 'string' ? [value] : typeof value === 'object' ? [...value] : typeof value === 'number' ? [String(value)] : [];
}

const NEGATIVE = new Set(['no', 'not', 'none', 'without', 'never', 'non', 'lacks', 'excludes', 'excluded', 'na', 'false', 'zero']);

function clausesOf({ field, value }: Fact): FactClause[] {
  if (NAME_FIELD.test(field)) return [];
  const name = wordsOfField(field);
  if (typeof value === 'boolean' || typeof value === 'number') {
    return [
      { field, stems: stemSet([...name, ...(typeof value === 'boolean' ? [] : [String(value)])]), negated: value === false || value === 0 },
    ];
  }
  return textsOf(value).flatMap((text) =>
    text.split(/(?<!\bNo)[.;,\n()]\s|[;\n()]|\s(?:and|with|plus)\s|\s&\s/).map((part): FactClause => {
      const words = foldText(part)
        .words.map(({ word }) => word)
        .filter((word) => word.length > 0);
      return {
        field,
        stems: stemSet([...name, ...words]),
        negated: words.some(
          (word, i) => NEGATIVE.has(word) && !(word === 'no' && /^\d/.test(words[i + (words[i + 1] === '.' ? 2 : 1)] ?? '')),
        ),
      };
    }),
  );
}

const PARTS = /^(.{3,})(proof|free|safe|resistant|less|plank|stone|light|room|house|top|port)s?$/;

function stemSet(words: readonly string[]): Set<string> {
  return new Set(words.flatMap((word) => [stemOf(word), ...(PARTS.exec(word)?.slice(1, 3).map(stemOf) ?? [])]));
}

/** Of a date only the year is a figure by itself. */
const ISO_DATE = /\b(\d{4})-\d{2}-\d{2}(?:T[\d:.]+Z?)?/g;

function quantitiesOf({ field, value, kind, currency }: Fact): FactQuantity[] {
  const name = wordsOfField(field);
  const words = name.map(stemOf);
  const assumed =
    kind ??
    (PERCENT_FIELD.test(field) ? 'percent' : MONEY_FIELD.test(field) ? 'money' : /year(?!s|ly)/i.test(field) ? 'number' : undefined);
  const unit = unitOfField(name);
  const own = { field, ...(unit === undefined ? {} : { unit }), ...(currency === undefined ? {} : { currency }) };
  if (typeof value === 'number') return [{ ...own, kind: assumed, value, words: new Set(words), items: false }];
  if (typeof value === 'boolean') return [];
  const texts = textsOf(value);
  const counted =
    typeof value === 'object'
      ? [{ field, kind: 'number' as const, value: texts.length, words: new Set(words), items: true }, ...countsOf(field, texts)]
      : [];
  return [
    ...texts.flatMap((text) =>
      [...quantitiesIn(text.replace(ISO_DATE, '$1'))].map((found): FactQuantity => ({
        ...own,
        ...(found.unit === undefined ? {} : { unit: found.unit }),
        ...(found.currency === undefined ? {} : { currency: found.currency }),
        kind: found.kind === 'number' ? (assumed ?? 'number') : found.kind,
        value: found.value,
        words: new Set([...words, ...found.after, ...found.before]),
        items: false,
      })),
    ),
    ...counted,
  ];
}

/** `front patio` and `back patio` are two patios. */
function countsOf(field: string, texts: readonly string[]): FactQuantity[] {
  const heads = texts.map((text) => stemOf(/(\p{L}+)\P{L}*$/u.exec(text)?.[1] ?? ''));
  return [...new Set(heads)].flatMap((head) => {
    const value = heads.filter((other) => other === head).length;
    return head === '' || value < 2 ? [] : [{ field, kind: 'number' as const, value, words: new Set([head]), items: true }];
  });
}

function unitOfField(name: readonly string[]): Unit | undefined {
  const per = name.indexOf('per');
  for (let i = (per < 0 ? name.length : per) - 1; i >= 0; i -= 1) {
    const word = name[i] ?? '';
    const unit = units.get(`${name[i - 1] ?? ''}_${word}`) ?? (word === 'in' || word === 'year' ? undefined : units.get(word));
    if (unit !== undefined) return unit;
  }
  return undefined;
}
