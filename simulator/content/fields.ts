import { COMMERCE, PROPERTY, WELLBEING } from './fields-everyday';
import { BUSINESS, GENERAL } from './fields-general';
import { RETRIEVAL, SOFTWARE } from './fields-technical';

/** Words of one field of life. The form of each list is fixed, since templates rely on it. */
export interface Field {
  readonly name: string;
  /** Words of a topic that belong to this field. */
  readonly words: RegExp;
  /** How much one such word says: more for words that are never heard elsewhere. */
  readonly weight: number;
  /** Singular noun phrases with their article: `the retrieval step`. */
  readonly parts: readonly string[];
  /** Orders without a final mark: `split the documents into passages`. */
  readonly steps: readonly string[];
  /** Singular noun phrases of something countable: `the share of questions answered from the right passage`. */
  readonly measures: readonly string[];
  /** Activities that go wrong: `indexing everything without reading a sample first`. */
  readonly pitfalls: readonly string[];
  /** Noun phrases of what is gained: `answers that can be traced to a passage`. */
  readonly gains: readonly string[];
  /** Plural nouns: `engineering teams`. */
  readonly people: readonly string[];
  /** Names of documents. */
  readonly documents: readonly string[];
}

const FIELDS: readonly Field[] = [RETRIEVAL, PROPERTY, COMMERCE, SOFTWARE, WELLBEING, BUSINESS];

/** The field with the most words in a topic; general words when none fits. */
export function fieldOf(topic: string): Field {
  const scores = FIELDS.map((field) => ({ field, score: (topic.match(field.words)?.length ?? 0) * field.weight }));
  const best = scores.reduce((a, b) => (b.score > a.score ? b : a));
  return best.score > 0 ? best.field : GENERAL;
}
