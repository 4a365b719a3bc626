import type { Random } from '../random';
import type { Brief, GivenFact } from './brief';
import type { Field } from './fields';
import { capital, inSentence } from './language';

/** Fills templates with the words of a brief. Within one answer nothing is said twice as long as there is something else to say. */
export interface Writer {
  readonly brief: Brief;
  readonly random: Random;
  /** The next sentence of a set, filled. */
  sentence(templates: readonly string[], extra?: Readonly<Record<string, string>>): string;
  /** Every template of a set, filled, in a drawn order. */
  all(templates: readonly string[]): string[];
  /** The next entry of a list of the topic's field. */
  word(list: WordList): string;
  /** Names of documents, each with a year. */
  source(): string;
}

export type WordList = Exclude<keyof Field, 'name' | 'words' | 'weight'>;

const SLOTS: Readonly<Record<string, WordList>> = {
  part: 'parts',
  step: 'steps',
  measure: 'measures',
  pitfall: 'pitfalls',
  gain: 'gains',
  people: 'people',
};
const LATEST_YEAR = 2026;
const ATTEMPTS = 12;

export function createWriter(brief: Brief, random: Random): Writer {
  const decks = new Map<readonly string[], string[]>();
  const draw = (list: readonly string[]): string => {
    const left = decks.get(list);
    if (left !== undefined && left.length > 0) return left.pop() as string;
    const fresh = random.shuffle(list);
    decks.set(list, fresh);
    return fresh.pop() as string;
  };
  const word = (list: WordList): string => draw(brief.field[list]);

  const slot = (name: string, extra: Readonly<Record<string, string>>): string => {
    const { topic } = brief;
    switch (name) {
      case 'thing':
      case 'work':
      case 'short':
        return topic[name];
      case 'headline':
        return topic.headline;
      case 'n':
        return String(random.int(3, 6));
      case 'm':
        return String(random.int(7, 12));
      case 'percent':
        return String(random.int(3, 16) * 5);
      default: {
        const list = SLOTS[name];
        return extra[name] ?? (list === undefined ? '' : word(list));
      }
    }
  };
  const fill = (template: string, extra: Readonly<Record<string, string>> = {}): string =>
    template.replace(/\{(\w+)\}/g, (_match, name: string) => {
      const small = name.toLowerCase();
      const value = slot(small, extra);
      return small === name ? value : capital(value);
    });

  const said = new Set<string>();
  /** Lists and templates come round again in a long text, but seldom in the same pairs. */
  const unsaid = (make: () => string): string => {
    let sentence = make();
    for (let attempt = 0; attempt < ATTEMPTS && said.has(sentence); attempt += 1) sentence = make();
    said.add(sentence);
    return sentence;
  };

  return {
    brief,
    random,
    word,
    sentence: (templates, extra) => unsaid(() => fill(draw(templates), extra)),
    all: (templates) => random.shuffle(templates).map((template) => fill(template)),
    source: () => `${word('documents')} (${LATEST_YEAR - random.int(0, 4)})`,
  };
}

/** A given fact as the part of a sentence, and where it is from. */
export function factSlots(fact: GivenFact): Record<string, string> {
  const text = inSentence(fact.text.trim().replace(/[.\s]+$/, ''));
  const source = fact.source?.trim().replace(/[.\s]+$/, '');
  return { fact: text, cited: source ? `, according to the ${source}` : '' };
}
