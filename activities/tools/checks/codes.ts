import { squash, type FactIndex } from './facts';

const MONTHS = 'january february march april may june july august september october november december'.split(' ');
const MONTH = `(?:${MONTHS.map((month) => `${month.slice(0, 3)}(?:${month.slice(3)})?`).join('|')}|sept)`;
/** Dates, telephone numbers, ratios and names made of letters and digits: each is one figure, not several. */
const CODES = [
  new RegExp(`\\b${MONTH}\\.?\\s\\d{1,2}(?:st|nd|rd|th)?(?:,?\\s\\d{4})?\\b`, 'gi'),
  new RegExp(`\\b\\d{1,2}(?:st|nd|rd|th)?\\s${MONTH}\\b(?:,?\\s\\d{4})?`, 'gi'),
  /\b\d{4}-\d{2}-\d{2}\b/g,
  /(?<![\d$])\+?(?:\d[ .-])?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b/g,
  /(?<![\d$-])\d{3}-\d{4}\b/g,
  /(?<![\d.])\d{1,2}(?:\.\d)?\/\d{1,3}\b(?!\/)/g,
  /(?<![\p{L}\p{N}$])\p{L}{1,8}-?\d[\p{L}\d]{0,10}(?:\.\d+)?(?![\p{L}\p{N}])/gu,
  /(?<![\p{L}\p{N}$.,])\d{1,4}-in-\d{1,2}\b/giu,
];

/** Dates, telephone numbers, ratios and names made of letters and digits, in reading order; each is one figure. */
export function codesIn(text: string): Array<{ at: number; end: number }> {
  const all = CODES.flatMap((code) => [...text.matchAll(code)].map((match) => ({ at: match.index, end: match.index + match[0].length })));
  const codes = all
    .filter(({ at, end }) => !/^(?:1\/2|1\/4|3\/4|1\/3|2\/3|[1357]\/8)$/.test(text.slice(at, end)))
    .sort((a, b) => a.at - b.at || b.end - a.end);
  const kept: Array<{ at: number; end: number }> = [];
  for (const code of codes) if (code.at >= (kept.at(-1)?.end ?? 0)) kept.push(code);
  return kept;
}

/** The field that has it, as it is written or in another form of the same date. */
export const fieldOfCode = (written: string, facts: FactIndex): string | undefined =>
  facts.once(`code ${written}`, () => findCode(written, facts));

function findCode(written: string, facts: FactIndex): string | undefined {
  const date = dateOf(written);
  const rated = /^(\d+(?:\.\d)?)\/(?:5|10|100)$/.exec(written)?.[1];
  if (rated !== undefined) return facts.quantities.of(Number(rated))?.field;
  const forms = (date ?? [written]).map(squash);
  const fits = ({ text: known }: { text: string }) =>
    forms.some((form) => known.includes(form)) || (date === undefined && digitsMatch(written, known));
  return facts.squashed.find(fits)?.field;
}

const digitsMatch = (written: string, known: string) =>
  /^[+\d() .-]{8,}$/.test(written) && known.replace(/\D/g, '').includes(written.replace(/\D/g, ''));

/** The spellings that a fact may have for a date. */
function dateOf(written: string): string[] | undefined {
  const month = MONTHS.findIndex((name) => written.toLowerCase().includes(name.slice(0, 3)));
  const day = /\b(\d{1,2})(?:st|nd|rd|th)?\b/.exec(written)?.[1];
  if (month < 0 || day === undefined) return undefined;
  const year = /\d{4}/.exec(written)?.[0] ?? '';
  const [mm, dd] = [String(month + 1).padStart(2, '0'), day.padStart(2, '0')];
  return [
    `${year === '' ? '' : year}${mm}${dd}`,
    `${MONTHS[month] ?? ''} ${Number(day)} ${year}`,
    `${Number(day)} ${MONTHS[month] ?? ''} ${year}`,
    `${mm}/${dd}${year === '' ? '' : `/${year}`}`,
  ];
}
