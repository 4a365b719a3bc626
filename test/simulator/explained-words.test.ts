import { deskRouter } from '../../agents/desk/desk-router';
import { bestExplained } from '../../simulator/content/explained-words';

describe('bestExplained()', () => {
  const words = ['code', 'data', 'other'];
  const description = 'code: programs, bugs; data: tables, averages; other: everything else';

  it.each([
    ['Find the bug in this program', 'code'],
    ['What is the average of this table?', 'data'],
  ])('takes the word whose explanation shares most with %j', (prompt, word) => {
    expect(bestExplained(words, description, prompt)).toBe(word);
  });

  it.each([
    ['nothing fits', 'Say hello', description],
    ['two fit equally well', 'A bug in a table', description],
    ['no word is explained', 'Find the bug', 'The kind of question'],
  ])('takes none when %s', (_, prompt, said) => {
    expect(bestExplained(words, said, prompt)).toBeUndefined();
  });

  it.each([
    ['Why does this Python function return None?', 'code'],
    ['What do these sales figures say about the trend?', 'data'],
    ['Write a friendly e-mail to a late customer', 'writing'],
    ['Compare the evidence for remote and office work', 'research'],
  ])('sends %j to the specialist that a reader would expect', (question, choice) => {
    const { choice: field } = deskRouter.output.shape;
    expect(bestExplained(field.options, field.description ?? '', deskRouter.prompt({ question }))).toBe(choice);
  });
});
