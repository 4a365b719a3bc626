import { capital, clipWords, gerund, inSentence, titleCase } from './language';

/** A topic in the forms that sentences need. */
export interface Topic {
  /** As asked for, without a final mark. */
  readonly plain: string;
  /** As a headline. */
  readonly headline: string;
  /** As a noun phrase inside a sentence: `a RAG system with Python`. */
  readonly thing: string;
  /** As a singular activity inside a sentence: `building a RAG system with Python`. */
  readonly work: string;
  /** Short noun without article: `RAG system`. */
  readonly short: string;
}

const VERBS = new Set(
  (
    'add adopt automate avoid become begin bring build buy calculate choose clean compare configure connect convert cook create cut debug define deploy describe ' +
    'design develop double draw draft earn eat evaluate explain find fix get give grow handle help hire implement improve increase install integrate keep ' +
    'launch lead learn make manage market measure migrate monitor move negotiate open optimize optimise organize organise pass plan play prepare prevent price ' +
    'promote protect publish reduce rent renovate replace run save scale secure sell set ship speed start stop store study switch teach test train travel ' +
    'turn understand upgrade use win work write'
  ).split(' '),
);

const ORDERS =
  /^(?:please\s+)?(?:write|draft|create|produce|prepare|give me|make|research|compose|generate|summari[sz]e|explain|describe|tell me)\s+(?:me\s+)?(?:(?:an?|the|some|one|two|three|a short|short)\s+)?(?:[\w-]+\s+){0,3}?(?:about|on|of|for|regarding)\s+/i;
const LENGTHS =
  /\s+(?:in|of|with)\s+(?:about\s+|around\s+|at most\s+|under\s+|exactly\s+)?\d[\d,]*(?:\s*(?:-|–|to)\s*\d[\d,]*)?\s+(?:words|sentences|paragraphs|characters)\b.*$/i;
const ORDER_WITH_COLON =
  /^(?:please\s+)?(?:write|explain|summari[sz]e|describe|research|create|draft|list|give|say|answer|tell)\b[^:\n]{0,60}:\s*(.+)$/i;
const FRAMES =
  /^(?:(?:an?|the)\s+)?(?:(?:complete|practical|short|quick|beginner'?s?|ultimate)\s+)*(?:guide|introduction|intro|overview|primer|basics|tutorial)\s+(?:to|of|on|for)\s+/i;
const TRAILING = /[\s.!?:;,"'“”]+$/;
const LONGEST = 90;

/** A topic from a few words, a question or an order. Only the first line counts. */
export function topicOf(text: string): Topic {
  const line =
    text
      .trim()
      .split('\n')[0]
      ?.replace(/^["'“”#*\s-]+/, '') ?? '';
  const asked = ORDER_WITH_COLON.exec(line)?.[1] ?? line;
  const plain =
    clipWords(asked.replace(LENGTHS, '').replace(ORDERS, '').replace(TRAILING, '').replace(/\s+/g, ' '), LONGEST) || 'the subject';
  const { thing, work } = formsOf(plain);
  return { plain, headline: titleCase(capital(plain)), thing, work, short: shortOf(thing) };
}

function formsOf(plain: string): { thing: string; work: string } {
  const bare = plain.replace(FRAMES, '');
  const howTo = /^how\s+(?:to|(?:do|can|should)\s+(?:i|we|you|one))\s+(\S+)\s*(.*)$/i.exec(bare);
  if (howTo) return activity(howTo[1] ?? '', howTo[2] ?? '');
  const first = bare.split(' ')[0] ?? '';
  const rest = bare.slice(first.length + 1);
  if (VERBS.has(first.toLowerCase()) && rest !== '') return activity(first, rest);
  if (/^[a-z]{3,}ing$/i.test(first) && VERBS_FROM_GERUND.has(first.toLowerCase()) && rest !== '') {
    return { thing: thingOf(rest, bare), work: inSentence(bare) };
  }
  const what = /^what(?:'s|\s+is|\s+are)\s+(.+)$/i.exec(bare);
  if (what) return noun(what[1] ?? bare);
  const clause = /^(why|how|when|where)\s+do\s+(.+)$/i.exec(bare);
  if (clause) return { thing: 'this question', work: `understanding ${inSentence(clause[1] ?? '')} ${clause[2]}` };
  if (/^\S+\s+(?:is|are|does|did|can|should|will|would|was|were)\s/i.test(bare) && /^(?:how|why|when|where|which|who|what)\s/i.test(bare)) {
    return { thing: 'this question', work: 'answering this question' };
  }
  if (/^(?:how|why|when|where|which|who|what|whether)\s/i.test(bare))
    return { thing: 'this question', work: `understanding ${inSentence(bare)}` };
  if (/^(?:is|are|does|do|can|should|will|did|was|were)\s/i.test(bare)) return { thing: 'this question', work: 'answering this question' };
  return noun(bare);
}

const VERBS_FROM_GERUND = new Set([...VERBS].map(gerund));

function activity(verb: string, rest: string): { thing: string; work: string } {
  const work = `${gerund(verb.toLowerCase())} ${rest}`.trim();
  return { thing: thingOf(rest, work), work };
}

/** The object of an activity; the activity itself when what follows the verb is no noun phrase. */
function thingOf(rest: string, work: string): string {
  const noNoun = rest === '' || /^(?:to|with|from|at|on|in|into|by|up|out|for|as|better|more|faster|well|about|off|away)\b/i.test(rest);
  return noNoun ? inSentence(work) : inSentence(rest);
}

function noun(phrase: string): { thing: string; work: string } {
  const thing = inSentence(phrase);
  return { thing, work: `working with ${thing}` };
}

function shortOf(thing: string): string {
  const bare = thing.replace(/^(?:an?|the|your|our|my|their|this|some)\s+/i, '');
  const head =
    bare.split(/\s+(?:with|using|in|for|from|on|to|at|by|without|of|and|that|which|as|into|under|against|after|before)\s/i)[0] ?? bare;
  return clipWords(head, 40);
}
