/** Breaks long lines at spaces; a list item's further lines stand under its text. */
export function wrapText(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => wrapLine(line, width))
    .join('\n');
}

function wrapLine(line: string, width: number): string[] {
  const indent = ' '.repeat(/^\s*(?:[-*>] |\d+\. )?/.exec(line)?.[0].length ?? 0);
  const lines: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const within = rest.lastIndexOf(' ', width);
    // A word longer than the line, an address for instance, stays whole.
    const space = within > indent.length ? within : rest.indexOf(' ', width);
    if (space === -1) break;
    lines.push(rest.slice(0, space).trimEnd());
    rest = indent + rest.slice(space + 1);
  }
  return [...lines, rest];
}
