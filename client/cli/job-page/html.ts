import { escapeHtml } from '../../../common/escape-html';

const MARKUP = Symbol('markup');

/** Markup of ours with texts in it that have been escaped. Nothing that was parsed from JSON can pass for it. */
export interface Html {
  readonly [MARKUP]: string;
}

export type HtmlValue = Html | string | number | readonly Html[] | null | undefined;

/** A template whose values are escaped, but for those that are markup themselves. Attributes have double quotes. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return { [MARKUP]: parts.reduce((text, part, at) => text + markupIn(values[at - 1]) + part) };
}

/** Markup that was written here as it stands, as a style is. */
export const asWritten = (markup: string): Html => ({ [MARKUP]: markup });

export const markupOf = (page: Html): string => page[MARKUP];

function markupIn(value: HtmlValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  return isList(value) ? value.map(markupOf).join('') : markupOf(value);
}

const isList = (value: Html | readonly Html[]): value is readonly Html[] => Array.isArray(value);
