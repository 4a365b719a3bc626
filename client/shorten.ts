/** Cuts a text for a place with little room. */
export function shorten(text: string, characters: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  const letters = Array.from(line);
  return letters.length <= characters ? line : `${letters.slice(0, characters - 1).join('')}…`;
}
