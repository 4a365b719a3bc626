import type { Random } from '../random';

/** Repeats added to the least that an open quantifier demands. */
const EXTRA_REPEATS = 4;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const WORDS = `${LETTERS}${LETTERS.toUpperCase()}${DIGITS}_`;
const ANY = `${LETTERS}${DIGITS}`;
const PRINTABLE = Array.from({ length: 95 }, (_unused, at) => String.fromCharCode(32 + at)).join('');

/**
 * A text that matches a regular expression: literals, classes, groups, alternatives and quantifiers. Look-around and back-references are
 * beyond it; then the result may not match, as with any model.
 */
export function textOfPattern(pattern: string, random: Random): string {
  return new PatternReader(pattern, random).alternatives();
}

/** Walks once over the expression and writes while it reads. */
class PatternReader {
  private at = 0;

  constructor(
    private readonly pattern: string,
    private readonly random: Random,
  ) {}

  /** Up to the end or the closing parenthesis. Every branch is read, one is kept. */
  alternatives(): string {
    const branches = [this.sequence()];
    while (this.pattern[this.at] === '|') {
      this.at += 1;
      branches.push(this.sequence());
    }
    return this.random.pick(branches);
  }

  private sequence(): string {
    let text = '';
    while (this.at < this.pattern.length && this.pattern[this.at] !== '|' && this.pattern[this.at] !== ')') text += this.repeated();
    return text;
  }

  private repeated(): string {
    const from = this.at;
    const once = this.atom();
    const end = this.at;
    const [least, most] = this.quantifier();
    const afterQuantifier = this.at;
    const count = this.random.int(least, most);
    let text = count > 0 ? once : '';
    for (let repeat = 1; repeat < count; repeat += 1) {
      this.at = from;
      text += this.atom();
    }
    this.at = end === afterQuantifier ? end : afterQuantifier;
    return text;
  }

  private quantifier(): [number, number] {
    const match = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(this.pattern.slice(this.at));
    if (!match) return [1, 1];
    this.at += match[0].length;
    if (match[1] === '?') return [0, 1];
    if (match[1] === '*') return [0, EXTRA_REPEATS];
    if (match[1] === '+') return [1, 1 + EXTRA_REPEATS];
    const least = Number(match[2]);
    if (match[3] === '') return [least, least];
    return [least, Math.min(match[4] === '' ? Infinity : Number(match[4]), least + EXTRA_REPEATS)];
  }

  private atom(): string {
    const char = this.pattern[this.at] as string;
    this.at += 1;
    if (char === '^' || char === '$') return '';
    if (char === '.') return this.one(ANY);
    if (char === '(') return this.group();
    if (char === '[') return this.one(this.characterClass());
    return char === '\\' ? this.escaped() : char;
  }

  private group(): string {
    const opening = /^\?(?::|<[a-zA-Z]\w*>)/.exec(this.pattern.slice(this.at));
    if (opening) this.at += opening[0].length;
    const text = this.alternatives();
    this.at += 1;
    return text;
  }

  private escaped(): string {
    const char = this.pattern[this.at] as string;
    this.at += 1;
    const set = escapedSet(char);
    if (char === 'b' || char === 'B') return '';
    return set === undefined ? char : this.one(set);
  }

  private characterClass(): string {
    const negated = this.pattern[this.at] === '^';
    if (negated) this.at += 1;
    let set = '';
    while (this.at < this.pattern.length && this.pattern[this.at] !== ']') {
      let char = this.pattern[this.at] as string;
      this.at += 1;
      if (char === '\\') {
        char = this.pattern[this.at] as string;
        this.at += 1;
        const named = escapedSet(char);
        if (named !== undefined) {
          set += named;
          continue;
        }
      }
      const end = this.pattern[this.at] === '-' ? this.pattern[this.at + 1] : undefined;
      if (end === undefined || end === ']') set += char;
      else {
        this.at += 2;
        set += PRINTABLE.split('')
          .filter((one) => one >= char && one <= end)
          .join('');
      }
    }
    this.at += 1;
    return negated ? [...ANY].filter((one) => !set.includes(one)).join('') : set;
  }

  private one(set: string): string {
    return set === '' ? '' : this.random.pick([...set]);
  }
}

function escapedSet(char: string): string | undefined {
  if (char === 'd') return DIGITS;
  if (char === 'w') return WORDS;
  if (char === 's') return ' ';
  if (char === 'D') return LETTERS;
  return undefined;
}
