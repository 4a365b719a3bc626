/** Of the words of a list that the description explains (`code: programs, bugs; data: tables`), the one whose explanation fits the prompt best. */
export function bestExplained(words: readonly unknown[], description: string, prompt: string): unknown {
  const asked = new Set(stemsOf(prompt));
  const scored = words
    .filter((word) => typeof word === 'string')
    .map((word) => ({ word, score: new Set(stemsOf(explanationOf(word, description)).filter((stem) => asked.has(stem))).size }));
  const most = Math.max(0, ...scored.map(({ score }) => score));
  const best = scored.filter(({ score }) => score === most);
  return most > 0 && best.length === 1 ? best[0]?.word : undefined;
}

function explanationOf(word: string, description: string): string {
  const escaped = word.replace(/[^\w ]/g, '\\$&');
  return new RegExp(`(?:^|[^\\w-])${escaped}\\s*[:=]\\s*([^;.\\n]+)`, 'i').exec(description)?.[1] ?? '';
}

/** Words long enough to mean something, cut so that `bug` and `bugs`, `compare` and `comparing` are the same. */
function stemsOf(text: string): string[] {
  return (text.toLowerCase().match(/[a-z]{3,}/g) ?? []).map((word) => word.replace(/(?:ing|ed|es|s|e)$/, '').slice(0, 7));
}
