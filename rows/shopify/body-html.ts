import { escapeHtml } from '../../common/escape-html';

/** A page's description as HTML: a paragraph for each of its own, then the bullets as a list. */
export function bodyHtml({ paragraphs, bullets }: { paragraphs: readonly string[]; bullets: readonly string[] }): string {
  const blocks = paragraphs
    .flatMap((text) => text.split(/\r?\n\s*\n/))
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text) => `<p>${escapeHtml(text).replaceAll(/\r?\n/g, '<br>')}</p>`);
  const items = bullets.map((bullet) => `<li>${escapeHtml(bullet.trim())}</li>`);
  return [...blocks, ...(items.length > 0 ? ['<ul>', ...items, '</ul>'] : [])].join('\n');
}
