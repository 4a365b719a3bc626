import { CAPTION_LIMITS, CAPTION_NETWORKS, HIGHLIGHT_CHARACTERS, type CaptionNetwork } from '../../common/listing-limits';
import type { PlacedText } from '../../common/finding';
import { agents } from '../run/agents';
import type { ListingResult } from './listing-facts';

/** One text of the listing; the captions are one each, so that only what has findings is written again. */
export type TextName = 'mlsDescription' | `captions.${CaptionNetwork}` | 'highlights';

/** A line of a text; all but the highlight sheet have one. */
export interface Line extends PlacedText {
  readonly maxCharacters: number;
  /** Of a highlight: the fact that it states. */
  readonly field?: string;
}

export interface Draft {
  readonly name: TextName;
  readonly lines: readonly Line[];
}

/** What a writer is told of the findings in its last version. */
export interface Problem {
  readonly phrase: string;
  readonly rule: string;
  readonly instead?: string;
}

/** What every writer works from. */
export interface WritersBrief {
  /** Facts that texts for the public may state. */
  readonly published: ReadonlyArray<{ readonly field: string; readonly value: string }>;
  /** Those and the figures of other sales. */
  readonly all: ReadonlyArray<{ readonly field: string; readonly value: string }>;
  readonly sellingPoints: ListingResult['sellingPoints'];
  readonly brandVoice: string;
  readonly mlsCharacters: number;
}

/** Every text, in the order of the result. */
export const TEXTS: readonly TextName[] = [
  'mlsDescription',
  ...CAPTION_NETWORKS.map((network) => `captions.${network}` as const),
  'highlights',
];

/** A text that goes back to its writer. */
interface Rewrite {
  readonly last: Draft;
  readonly problems: readonly Problem[];
  /** For the step: `rewrite 1`. */
  readonly label: string;
}

/** The step that writes a text: `captionWriter/x`, `mlsWriter/rewrite 1`. */
export function writerStep(name: TextName, label?: string): string {
  const labels = [...(name.startsWith('captions.') ? [networkOf(name)] : []), ...(label === undefined ? [] : [label])];
  return [WRITERS[name], ...(labels.length === 0 ? [] : [labels.join(', ')])].join('/');
}

const WRITERS: { readonly [Name in TextName]: keyof typeof agents } = {
  mlsDescription: 'mlsWriter',
  'captions.instagram': 'captionWriter',
  'captions.facebook': 'captionWriter',
  'captions.x': 'captionWriter',
  highlights: 'highlightWriter',
};

const networkOf = (name: TextName): CaptionNetwork => name.slice('captions.'.length) as CaptionNetwork; // what TextName says

/** Has a text written, or written again without the problems of its last version. */
export async function writeText(
  name: TextName,
  { published, all, sellingPoints, brandVoice, mlsCharacters }: WritersBrief,
  again?: Rewrite,
): Promise<Draft> {
  const label = writerStep(name, again?.label).split('/')[1];
  const options = label === undefined ? {} : { label };
  const told = {
    facts: [...published],
    sellingPoints: [...sellingPoints],
    brandVoice,
    ...(again !== undefined && { lastVersion: asText(again.last), problems: again.problems.map((problem) => ({ ...problem })) }),
  };
  if (name === 'highlights') {
    const { highlights } = await agents.highlightWriter({ ...told, facts: [...all] }, options);
    return { name, lines: highlights.map(({ field, text }, at) => highlightLine(at, { field, text })) };
  }
  if (name === 'mlsDescription') {
    const { mlsDescription: text } = await agents.mlsWriter({ ...told, maxCharacters: mlsCharacters }, options);
    return { name, lines: [{ place: name, text, maxCharacters: mlsCharacters }] };
  }
  const network = networkOf(name);
  const maxCharacters = CAPTION_LIMITS[network];
  const { caption: text } = await agents.captionWriter({ ...told, network, maxCharacters }, options);
  return { name, lines: [{ place: name, text, maxCharacters }] };
}

const highlightLine = (at: number, { field, text }: { field: string; text: string }): Line => ({
  place: `highlights[${at}].text`,
  text,
  maxCharacters: HIGHLIGHT_CHARACTERS,
  field,
});

function asText({ lines }: Draft): string {
  return lines.map(({ text, field }) => (field === undefined ? text : `- ${text} (${field})`)).join('\n');
}

/** The texts as the result has them; a text that could not be written is null or empty. */
export function textsOf(drafts: readonly Draft[]): Pick<ListingResult, 'mlsDescription' | 'captions' | 'highlights'> {
  const lines = (name: TextName): readonly Line[] => drafts.find((draft) => draft.name === name)?.lines ?? [];
  const caption = (network: CaptionNetwork): string | null => lines(`captions.${network}`)[0]?.text ?? null;
  return {
    mlsDescription: lines('mlsDescription')[0]?.text ?? '',
    captions: { instagram: caption('instagram'), facebook: caption('facebook'), x: caption('x') },
    highlights: lines('highlights').map(({ text, field = '' }) => ({ text, field })),
  };
}
