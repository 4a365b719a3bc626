import { randomFrom, sha256 } from '../random';

/** A page as the simulator makes it up. */
export interface WebPage {
  readonly url: string;
  readonly title: string;
  readonly text: string;
  readonly age: string | null;
}

type Named = Pick<WebPage, 'url' | 'title'>;

const MARK_LENGTH = 24;
const mark = ({ url, title }: Named, payload: string): string => sha256(`${url}\n${title}\n${payload}`).slice(0, MARK_LENGTH);

/** A page's text as Claude's search returns it: unreadable to the caller, and bound to the page it is from. */
export function sealed(page: WebPage): string {
  const random = randomFrom(`${page.url}\nseal`);
  const payload = Buffer.from(Array.from(Buffer.from(page.text), (byte) => byte ^ random.int(0, 255))).toString('base64');
  return mark(page, payload) + payload;
}

/** Whether a text is what was sealed for this page, to the byte. */
export function isSealed(page: Named, content: unknown): boolean {
  return typeof content === 'string' && content.slice(0, MARK_LENGTH) === mark(page, content.slice(MARK_LENGTH));
}
