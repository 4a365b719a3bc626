const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `seoDescription` as a heading: "Seo description". */
export function headingOf(key: string): string {
  const words = key
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[_/]/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const isShort = (value: unknown): boolean => !isRecord(value) && !Array.isArray(value);

function inline(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (Array.isArray(value)) return value.map(inline).join(', ');
  return isRecord(value)
    ? Object.entries(value)
        .map(([key, field]) => `${headingOf(key)}: ${inline(field)}`)
        .join(' · ')
    : String(value);
}

/** A list as Markdown. */
export function bullets(values: readonly unknown[]): string {
  return values.map((value) => `- ${inline(value).replaceAll('\n', '\n  ')}`).join('\n');
}

/** Any JSON value as text: strings as they are, lists as bullets, fields under headings. */
export function renderValue(value: unknown, depth = 2): string {
  if (Array.isArray(value)) {
    const paragraphs = value.every((item) => typeof item === 'string' && item.length > 120);
    if (paragraphs) return value.map(inline).join('\n\n');
    return value.some((item) => isRecord(item) && Object.values(item).some((field) => !isShort(field)))
      ? value.map((item) => renderValue(item, depth)).join('\n\n')
      : bullets(value);
  }
  if (!isRecord(value)) return inline(value);
  const sections = Object.entries(value).map(([key, field]) =>
    depth > 2 && isShort(field)
      ? `**${headingOf(key)}**: ${inline(field)}`
      : `${'#'.repeat(depth)} ${headingOf(key)}\n\n${renderValue(field, depth + 1)}`,
  );
  return sections.join('\n\n');
}
