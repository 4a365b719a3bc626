import { headingOf } from '../render-value';
import { html, type Html } from './html';

/** A table with more columns is not read, and on a phone not even seen. */
const MOST_COLUMNS = 6;

/** Characters of a value that stands beside its name. */
const SHORT = 48;

const isShort = (value: unknown): boolean =>
  typeof value === 'string' ? value.length <= SHORT && !value.includes('\n') : typeof value !== 'object' || value === null;

/** Any JSON value as markup: texts with their paragraphs, lists as lists or tables, objects as fields. */
export function valueHtml(value: unknown): Html {
  if (value === null || value === undefined || value === '') return html`<span class="none">none</span>`;
  if (typeof value === 'string') return html`<p class="text" dir="auto">${value.trim()}</p>`;
  if (typeof value === 'number') return html`<p>${String(value)}</p>`;
  if (typeof value === 'boolean') return html`<p>${value ? 'yes' : 'no'}</p>`;
  if (Array.isArray(value)) return listHtml(value);
  return fieldsHtml(value as Readonly<Record<string, unknown>>); // of JSON nothing else is left
}

/** Fields of an object under their names. */
export function fieldsHtml(fields: Readonly<Record<string, unknown>>): Html {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  if (entries.length === 0) return html`<span class="none">none</span>`;
  return html`<dl>
    ${entries.map(([name, value]) => html`<div class="${isShort(value) ? 'short' : 'long'}"><dt dir="auto">${headingOf(name)}</dt><dd>${valueHtml(value)}</dd></div>\n`)}
  </dl>`;
}

function listHtml(items: readonly unknown[]): Html {
  if (items.length === 0) return html`<span class="none">none</span>`;
  const columns = columnsOf(items);
  if (columns !== undefined) return tableHtml(columns, items as ReadonlyArray<Readonly<Record<string, unknown>>>); // seen by columnsOf
  return html`<ul>
    ${items.map((item) => html`<li>${valueHtml(item)}</li>\n`)}
  </ul>`;
}

/** The fields of items that are alike and flat; undefined when they are not. */
function columnsOf(items: readonly unknown[]): string[] | undefined {
  const names = new Set<string>();
  for (const item of items) {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return undefined;
    for (const [name, value] of Object.entries(item)) {
      if (typeof value === 'object' && value !== null) return undefined;
      names.add(name);
    }
  }
  return names.size > 0 && names.size <= MOST_COLUMNS && items.length > 1 ? [...names] : undefined;
}

function tableHtml(columns: readonly string[], rows: ReadonlyArray<Readonly<Record<string, unknown>>>): Html {
  return html`<div class="wide">
    <table>
      <thead>
        <tr>
          ${columns.map((name) => html`<th scope="col" dir="auto">${headingOf(name)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => html`<tr>${columns.map((name) => html`<td>${valueHtml(row[name])}</td>`)}</tr>\n`)}
      </tbody>
    </table>
  </div>`;
}
