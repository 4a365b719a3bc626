import { quotedFindings } from '../../../workflows/pipelines/quoted-findings';

describe('quotedFindings()', () => {
  const texts = [
    { place: 'a', text: 'A Home for Families, with a deck' },
    { place: 'b', text: 'Near the İstanbul bakery, with a deck' },
  ];
  const quoted = (phrase: string, place = 'a') => quotedFindings('reviewer', [{ place, phrase, rule: 'r' }], texts);

  it.each([
    ['in the text that it names', 'with a deck', 'b', { place: 'b', phrase: 'with a deck', at: 26 }],
    ['in another text than it names', 'İstanbul', 'a', { place: 'b', phrase: 'İstanbul', at: 9 }],
    ['when it names no text', 'with a deck', 'nowhere', { place: 'a', phrase: 'with a deck', at: 21 }],
    ['in another case', ' home FOR families ', 'a', { place: 'a', phrase: 'Home for Families', at: 2 }],
  ])('takes a finding whose phrase stands %s, as it stands there', (_, phrase, place, found) => {
    expect(quoted(phrase, place)).toEqual({ taken: [{ check: 'reviewer', rule: 'r', ...found }], dropped: 0 });
  });

  it.each([
    ['words that are not there', 'a castle'],
    ['nothing', '  '],
    ['words with other spaces', 'with  a deck'],
    ['another case where lower case changes lengths', 'NEAR the'],
  ])('drops and counts a finding that quotes %s', (_, phrase) => expect(quoted(phrase, 'b')).toEqual({ taken: [], dropped: 1 }));
});
