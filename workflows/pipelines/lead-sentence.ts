/** The first sentence of Markdown prose, headings and marks left out, cut at a word to at most `limit` characters. */
export function leadSentence(markdown: string, limit: number): string {
  const prose = markdown.split('\n').find((line) => /^[\p{L}\d*_"(]/u.test(line.trim())) ?? '';
  const plain = prose.replace(/[*_`[\]]/g, '').trim();
  const sentence = /^.*?[.!?](?=\s|$)/.exec(plain)?.[0] ?? plain;
  if (sentence.length <= limit) return sentence;
  const cut = sentence.slice(0, limit - 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 1)).trimEnd()}…`;
}
