import { labelOf, type GivenField } from './given-fields';
import { inSentence, listed } from './language';

const MAKER = /^(?:brand|vendor|maker|manufacturer)$/i;
const MATERIAL = /^(?:materials?|fabric)$/i;
const COLOR = /^(?:colou?rs?|finish(?:es)?|grip)$/i;
/** Labels that are verbs already, and last for the time that is their value. */
const LASTS = /^(?:keeps|lasts|runs|burns)\b/i;
const DOES = /^(?:fits|holds|weighs|serves|works|takes|needs|folds)\b/i;

/** One fact of a product as a sentence about `subject`: "It is made of stainless steel." */
export function productSentence({ field, value }: GivenField, subject: string): string {
  const label = inSentence(labelOf(field));
  const text = value.replace(/[.\s]+$/, '');
  if (MAKER.test(label)) return `${subject} is made by ${text}.`;
  if (MATERIAL.test(label)) return `${subject} is made of ${inSentence(text)}.`;
  if (/^made in$/i.test(label)) return `${subject} is made in ${text}.`;
  if (COLOR.test(label)) return `${subject} comes in ${choiceOf(text)}.`;
  if (/^(?:yes|true)$/i.test(text)) return `${subject} is ${label}.`;
  if (/^(?:no|none|false)$/i.test(text)) return `${subject} is not ${label}.`;
  if (LASTS.test(label)) return `${subject} ${label} for ${text}.`;
  if (DOES.test(label)) return `${subject} ${label} ${text}.`;
  const many = /[^s]s$/.test(label);
  if (many && /^\d+$/.test(text)) return `${subject} has ${text} ${label}.`;
  const what = subject === 'It' ? `Its ${label}` : `The ${label} of ${subject}`;
  return `${what} ${many ? 'are' : 'is'} ${text}.`;
}

/** `Forest green, Slate` as `forest green and slate`. */
const choiceOf = (value: string): string => listed(value.split(/\s*,\s*/).map(inSentence));

/** What may be said of every product: nothing of it. */
export const SAID_OF_ALL = [
  'Look at the pictures, read the facts and take your time to decide.',
  'If you have a question, ask before you buy.',
  'What you find on this page is what you get.',
  'Tell us what you think of it.',
  'Read what others say of it.',
] as const;
