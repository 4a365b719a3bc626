import { codesIn, fieldOfCode } from './codes';
import type { FactIndex, FactQuantity } from './facts';
import { mapInTurns } from './in-turns';
import { isFigure } from './is-figure';
import { isAnother, isNamed, namesOf } from './named-figure';
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
export async function checkFigures(text: string, facts: FactIndex, names: Ranges): Promise<CheckedFigure[]> {
  const codes = codesIn(text);
  const inNames = coverage(text.length, names);
  const inCodes = coverage(text.length, codes);
  const unnamed = codes.filter((code) => !inNames(code));
  const ofCodes = await mapInTurns(unnamed, ({ at, end }) => ({
    at,
    end,
    field: fieldOfCode(text.slice(at, end), facts),
    rule: NO_FACT,
  }));
  const isCounted = (stem: string) => facts.quantities.words.has(stem) || facts.clauses.stems.has(stem);
  const ofQuantities = await mapInTurns(quantitiesIn(text), (figure) =>
    inNames(figure) || inCodes(figure) || !isFigure(text, figure, isCounted) ? [] : [checkQuantity(text, figure, facts)],
  );
  return [...ofCodes, ...ofQuantities.flat()].sort((a, b) => a.at - b.at);
}

function checkQuantity(text: string, figure: Quantity, { quantities }: FactIndex): CheckedFigure {
  const place = { at: figure.at, end: endOf(text, figure) };
  const equal = quantities.near(figure).filter((fact) => isOfKind(figure, fact) && isEqual(figure, fact, text));
  const named = namesOf(figure).some((name) => quantities.about(name).some((fact) => isOfKind(figure, fact) && isNamed(figure, fact)));
  const fits = (fact: FactQuantity) => (named ? isNamed(figure, fact) : !fact.items && !isAnother(text, figure, fact));
  return { ...place, field: equal.find(fits)?.field, rule: named ? OTHER_FACT : NO_FACT };
}

/** The figure with its unit, so that the finding can be read without the text. */
function endOf(text: string, figure: Quantity): number {
  const rest = text.slice(figure.end);
  const tail = /^(?:(?:st|nd|rd|th)\b|['’]?s\b|-\p{L}+|\s?["″”]|\s?°[FC]|\s?(?:sq\.? ?ft|square feet|\p{L}+))/u.exec(rest);
  return figure.end + (tail === null || (figure.kind === 'money' && !tail[0].startsWith('-')) ? 0 : tail[0].length);
}
