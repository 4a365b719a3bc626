import type { Random } from '../random';
import type { AnswerBlock } from '../wire';
import type { WebPage } from './sealed-text';

/** A last sentence in plain text that names where the answer is from, cited as Claude cites what it has searched. */
export function citing(pages: ReadonlyArray<Pick<WebPage, 'url' | 'title'>>, random: Random): AnswerBlock[] {
  const page = pages[0];
  if (page === undefined) return [];
  const encrypted_index = Buffer.from(Array.from({ length: 18 }, () => random.int(0, 255))).toString('base64');
  const location = {
    type: 'web_search_result_location',
    url: page.url,
    title: page.title,
    encrypted_index,
    cited_text: page.title,
  } as const;
  return [{ type: 'text', text: `\n\nMore on this is in “${page.title}”.`, citations: [location] }];
}
