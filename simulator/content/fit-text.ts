import { clipWords, sentencesOf, wordCount } from './language';
import { CONTEXT, MEASURES, PARTS } from './sentences';
import type { SpokenLimits } from './spoken-limits';
import type { Writer } from './writer';

/** Whether a text keeps to all stated limits. */
export function fitsLimits(text: string, limits: SpokenLimits): boolean {
  const { minLength = 0, maxLength = Infinity, minWords = 0, maxWords = Infinity, sentences } = limits;
  const words = minWords > 0 || maxWords < Infinity ? wordCount(text) : minWords;
  const counted = sentences === undefined ? undefined : sentencesOf(text).length;
  const counts = sentences === undefined || counted === undefined || (counted >= sentences[0] && counted <= sentences[1]);
  return text.length >= minLength && text.length <= maxLength && words >= minWords && words <= maxWords && counts;
}

const MOST_ROUNDS = 400;

/** Brings a text within stated limits: sentences are added or left out, words are never cut. */
export function fitText(text: string, limits: SpokenLimits, writer: Writer): string {
  const counted = limits.sentences === undefined ? text : withSentences(text, limits.sentences, writer);
  const long = lengthened(counted, limits, writer);
  return filledUp(shortened(long, limits), limits.minLength ?? 0);
}

function withSentences(text: string, [least, most]: readonly [number, number], writer: Writer): string {
  const sentences = sentencesOf(text).slice(0, most);
  while (sentences.length < least) sentences.push(writer.sentence(PARTS));
  return sentences.join(' ');
}

function lengthened(
  text: string,
  { minLength = 0, minWords = 0, maxLength = Infinity, maxWords = Infinity }: SpokenLimits,
  writer: Writer,
): string {
  let longer = text;
  const paragraphs = text.includes('\n\n');
  for (let round = 0; round < MOST_ROUNDS && (longer.length < minLength || wordCount(longer) < minWords); round += 1) {
    const added = writer.sentence([PARTS, CONTEXT, MEASURES][round % 3] as readonly string[]);
    const next = `${longer.trimEnd()}${paragraphs && round % 3 === 0 ? '\n\n' : ' '}${added}`;
    // When a whole sentence is too much for the room between least and most, single words fill it.
    const tooMuch = next.length > maxLength || wordCount(next) > maxWords;
    longer = tooMuch ? padded(longer, minLength, minWords) : next;
  }
  return longer;
}

/** Reaches a least length that shortening has missed by a few characters, as an exact length demands. */
function filledUp(text: string, minLength: number): string {
  let longer = text;
  for (let missing = minLength - longer.length; missing > 0; missing = minLength - longer.length) {
    const word = SHORT_WORDS.find((each) => each.length < missing);
    longer = word === undefined ? longer + '.'.repeat(missing) : `${longer.replace(/[.!?]$/, ',')} ${word}`;
  }
  return longer;
}

const SHORT_WORDS = ['calmly and in good order', 'calmly and early', 'in practice', 'today', 'too'];
const FILLERS = ['in practice', 'today', 'step by step', 'as well', 'too'];

function padded(text: string, minLength: number, minWords: number): string {
  const mark = /[.!?]$/.exec(text)?.[0] ?? '';
  let longer = mark === '' ? text : text.slice(0, -1);
  for (let at = 0; longer.length + mark.length < minLength || wordCount(longer) < minWords; at += 1)
    longer += ` ${FILLERS[at % FILLERS.length]}`;
  return longer + mark;
}

function shortened(text: string, { maxLength = Infinity, maxWords = Infinity }: SpokenLimits): string {
  if (text.length <= maxLength && wordCount(text) <= maxWords) return text;
  const fits = (candidate: string): boolean => candidate.length <= maxLength && wordCount(candidate) <= maxWords;
  const blocks = text.split('\n\n');
  while (blocks.length > 1 && !fits(blocks.join('\n\n'))) blocks.pop();
  // A heading without a text below it would hang in the air.
  while (blocks.length > 1 && (blocks.at(-1) as string).startsWith('#')) blocks.pop();
  const kept = blocks.join('\n\n');
  if (fits(kept)) return kept;
  const sentences = sentencesOf(kept);
  while (sentences.length > 1 && !fits(sentences.join(' '))) sentences.pop();
  const sentence = sentences.join(' ') || kept;
  if (fits(sentence)) return sentence;
  const words = sentence.split(' ').slice(0, Math.min(maxWords, Number.MAX_SAFE_INTEGER)).join(' ');
  return clipWords(words, Math.min(maxLength, Number.MAX_SAFE_INTEGER));
}
