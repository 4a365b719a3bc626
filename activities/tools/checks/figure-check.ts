import { codesIn, fieldOfCode } from './codes';
import type { FactIndex } from './facts';
import { isFigure } from './is-figure';
import { isAnother, isNamed } from './named-figure';
import { quantitiesIn, type Quantity } from './quantities';
import { coverage, type Ranges } from './ranges';
import { isEqual, isOfKind } from './same-figure';

/** A figure with the field that has it, or without one. */
export interface CheckedFigure {
  readonly at: number;
  readonly end: number;
  readonly field: string | undefined;
  readonly rule: string;
}

const NO_FACT = 'No fact has this figure';
const OTHER_FACT = 'The fact that it names has another figure';

/** Every figure of a text, traced to a fact. Names are no figures. */
export function checkFigures(text: string, facts: FactIndex, names: Ranges): CheckedFigure[] {
  const codes = codesIn(text);
  const inNames = coverage(text.length, names);
  const inCodes = coverage(text.length, codes);
  const checkedCodes = codes
    .filter(({ at, end }) => !inNames({ at, end }))
    .map(({ at, end }) => ({ at, end, field: fieldOfCode(text.slice(at, end), facts), rule: NO_FACT }));
  const counted = new Set([...stemsCounted(facts), ...facts.clauses.flatMap(({ stems }) => [...stems])]);
  const figures = quantitiesIn(text).filter(({ at, end }) => !inNames({ at, end }) && !inCodes({ at, end }));
  return [
    ...checkedCodes,
    ...figures.filter((figure) => isFigure(text, figure, counted)).map((figure) => checkQuantity(text, figure, facts)),
  ].sort((a, b) => a.at - b.at);
}

/** What the facts count, in stems. */
function stemsCounted({ quantities }: FactIndex): ReadonlySet<string> {
  return new Set(quantities.flatMap(({ words }) => [...words]));
}

function checkQuantity(text: string, figure: Quantity, facts: FactIndex): CheckedFigure {
  const place = { at: figure.at, end: endOf(text, figure) };
  const candidates = facts.quantities.filter((fact) => isOfKind(figure, fact));
  const equal = candidates.filter((fact) => isEqual(figure, fact, text));
  if (equal.length === 0)
    return { ...place, field: undefined, rule: candidates.some((fact) => isNamed(figure, fact)) ? OTHER_FACT : NO_FACT };
  const named = candidates.filter((fact) => isNamed(figure, fact));
  const fitting =
    named.length === 0
      ? equal.filter((fact) => !fact.items && !isAnother(text, figure, fact))
      : equal.filter((fact) => named.includes(fact));
  const field = fitting[0]?.field;
  return { ...place, field, rule: named.length === 0 ? NO_FACT : OTHER_FACT };
}

/** The figure with its unit, so that the finding can be read without the text. */
function endOf(text: string, figure: Quantity): number {
  const rest = text.slice(figure.end);
  const tail = /^(?:(?:st|nd|rd|th)\b|['’]?s\b|-\p{L}+|\s?["″”]|\s?°[FC]|\s?(?:sq\.? ?ft|square feet|\p{L}+))/u.exec(rest);
  return figure.end + (tail === null || (figure.kind === 'money' && !tail[0].startsWith('-')) ? 0 : tail[0].length);
}
