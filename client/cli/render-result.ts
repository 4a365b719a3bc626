import type { PipelineResult } from '../../common/pipelines/types';
import type { Artifact } from '../../common/run';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `seoDescription` as a heading: "Seo description". */
function headingOf(key: string): string {
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

function bullets(values: readonly unknown[]): string {
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

function renderArticle(article: PipelineResult<'article'>): string {
  const outline = article.outline.map(({ heading, purpose }, at) => `${at + 1}. ${heading}: ${purpose}`);
  const parts = [`# ${article.title}`, `> ${article.seoDescription}`, '## Outline', outline.join('\n'), '## Draft', article.draft.trim()];
  return parts.join('\n\n');
}

function renderBrief(brief: PipelineResult<'brief'>): string {
  return [...brief.paragraphs, '## Facts', bullets(brief.findings.facts.map(({ claim, source }) => `${claim} (${source})`))].join('\n\n');
}

/** A pipeline's result as Markdown for people; everything is in the JSON. */
export function renderMarkdown(pipeline: string, result: unknown): string {
  switch (pipeline) {
    case 'article':
      return renderArticle(result as PipelineResult<'article'>); // checked by the pipeline that returned it
    case 'brief':
      return renderBrief(result as PipelineResult<'brief'>);
    default:
      return renderValue(result);
  }
}

/** What a run that did not complete had produced, agent by agent. */
export function renderArtifacts(artifacts: readonly Artifact[]): string {
  return artifacts.map(({ key, value }) => `## ${key}\n\n${renderValue(value, 3)}`).join('\n\n');
}
