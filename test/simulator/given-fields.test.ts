import { writeJson } from '../../simulator/content/json-answer';
import { randomFrom } from '../../simulator/random';
import type { MessagesRequest } from '../../simulator/wire';

const facts = [
  { field: 'property.address', value: '14 Larch Street' },
  { field: 'property.yearBuilt', value: '1998' },
  { field: 'property.features[0]', value: 'gas fireplace.' },
  { field: 'schools[0].rating', value: 8 },
];

const answer = (properties: Record<string, unknown>, order: string): Record<string, unknown> => {
  const content = `<facts>\n${JSON.stringify(facts, null, 1)}\n</facts>\n\n${order}`;
  const request = { model: 'claude-haiku-5-5', max_tokens: 500, messages: [{ role: 'user', content }] } as MessagesRequest;
  const schema = { type: 'object', properties, required: Object.keys(properties) } as never; // any schema of the API
  return writeJson(schema, request, randomFrom('fields')) as Record<string, unknown>;
};
const text = { type: 'string' };

describe('a text on material given as field and value', () => {
  it('states the fields and nothing else', () => {
    expect(answer({ description: text }, 'Write it.')['description']).toBe(
      'Address: 14 Larch Street. Year built: 1998. Features: gas fireplace. Schools rating: 8.',
    );
  });

  it('keeps to the limits of its description and of the order', () => {
    const limited = { caption: { type: 'string', description: 'At most 60 characters' } };
    expect(answer(limited, 'Write it.')['caption']).toBe('Address: 14 Larch Street. Year built: 1998.');
    expect(answer({ caption: text }, 'Write it, at most 30 characters.')['caption']).toBe('Address: 14 Larch Street.');
  });

  it('gives each item of a list a field of its own, with the text on it', () => {
    const item = { type: 'object', properties: { field: text, text }, required: ['field', 'text'] };
    const { lines } = answer({ lines: { type: 'array', items: item, description: 'Exactly 4 items' } }, 'Write them.');
    expect(lines).toEqual([
      { field: 'property.yearBuilt', text: 'Year built: 1998' },
      { field: 'property.features[0]', text: 'Features: gas fireplace' },
      { field: 'schools[0].rating', text: 'Schools rating: 8' },
      { field: 'property.address', text: 'Address: 14 Larch Street' },
    ]);
  });

  it('leaves other texts alone', () => {
    expect(answer({ reason: text }, 'Write it.')['reason']).not.toContain('Larch');
  });
});
