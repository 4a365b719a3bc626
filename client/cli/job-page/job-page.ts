import { createHash } from 'node:crypto';

import type { JobProgress } from '../../../common/job';
import { pipelines, type PipelineName } from '../../../common/pipelines';
import type { EndedRows } from '../../../rows/ended-rows';
import type { RowResult } from '../../../rows/result-columns';
import { shorten } from '../../shorten';
import { usd } from '../amounts';
import { shellWord } from '../shell-word';
import { asWritten, html, markupOf, type Html } from './html';
import { STYLE } from './page-style';
import { fieldsHtml, valueHtml } from './page-values';

/** All that the page of a job says. */
export interface JobPage extends EndedRows {
  readonly workflowId: string;
  readonly job: JobProgress;
  readonly costUsd: number;
  readonly uncertainUsd: number;
  readonly budgetUsd: number | null;
  readonly simulated: boolean;
  /** Whether the job waits for a word on the rest. */
  readonly asks: boolean;
  /** What all rows will cost by what it proposes then. @default at the rate of the rows so far */
  readonly allUsd?: number | undefined;
  /** Epoch milliseconds. */
  readonly writtenAt: number;
}

/** Values of a result's own field `status` that say it needs a look. */
const ODD_STATUSES: ReadonlySet<unknown> = new Set(['flagged', 'held', 'rejected', 'exhausted']);

/** A page without scripts that needs nothing but itself. What rows and models say is text in it and nothing else. */
export function renderJobPage(page: JobPage): string {
  const { workflowId, job, rows, more } = page;
  const title = `${page.asks ? 'Sample of job' : 'Job'} ${workflowId}`;
  const subjectField = pipelines[job.pipeline as PipelineName]?.subjectField ?? ''; // of another release it may not be known
  const body = html`<main>
    <h1 dir="auto">${title}</h1>
    <p class="lead">${leadOf(page)}</p>
    ${page.simulated ? html`<p class="notice"><strong>Simulated.</strong> Every answer on this page is made up, and no money was spent.</p>` : null}
    ${figuresHtml(page)} ${page.asks ? commandsHtml(workflowId, job.waiting) : null} ${indexHtml(rows, subjectField)} ${rows.map((row) => rowHtml(row, subjectField))}
    ${more === 0 ? null : html`<p class="notice">${more} more rows have ended; all of them: <code>${`npx troupe result ${shellWord(workflowId)} --out rows.csv`}</code></p>`}
    <footer>Written ${new Date(page.writtenAt).toISOString().slice(0, 16).replace('T', ' ')} UTC · amounts at list prices</footer>
  </main>`;
  return `<!doctype html>\n${markupOf(documentHtml(title, body))}\n`;
}

/** Nothing but the style of the page may take effect, whatever got into it. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;

function documentHtml(title: string, body: Html): Html {
  return html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="referrer" content="no-referrer" />
      <title>${title}</title>
      ${asWritten(`<style>${STYLE}</style>`)}
    </head>
    <body>
      ${body}
    </body>
  </html>`;
}

function leadOf({ job, rows, costUsd }: JobPage): string {
  const shown = rows.length === 1 ? '1 row' : `${rows.length} rows`;
  return `${job.pipeline} · ${shown} of ${job.rows} · ${usd(costUsd)} so far`;
}

interface Figure {
  readonly name: string;
  readonly value: string;
  readonly note?: string | Html;
}

function figuresHtml(page: JobPage): Html {
  return html`<dl class="figures">
    ${figuresOf(page).map(({ name, value, note }) => html`<div><dt>${name}</dt><dd>${value}${note === undefined ? null : html` <small>${note}</small>`}</dd></div>\n`)}
  </dl>`;
}

function figuresOf({ job, rows, costUsd, uncertainUsd, budgetUsd, allUsd }: JobPage): Figure[] {
  const { rowUsd, waiting } = job;
  const expectedUsd = allUsd ?? job.expectedUsd;
  const notDone = rows.filter(({ outcome }) => outcome.status !== 'done').length;
  const marked = rows.filter((row) => marksOf(row).length > 0);
  const costs = rows.map((row) => row.costUsd);
  const uncertain = uncertainUsd > 0 ? { note: `and up to ${usd(uncertainUsd)} uncertain` } : {};
  return [
    { name: 'Done', value: `${rows.length - notDone} of ${rows.length}`, ...(notDone > 0 && { note: `${notDone} not done` }) },
    toLookAt(marked.map(({ outcome }) => outcome.row)),
    { name: 'Spent so far', value: usd(costUsd), ...uncertain },
    ...(rowUsd === null || costs.length === 0
      ? []
      : [{ name: 'A row', value: usd(rowUsd), note: `from ${usd(Math.min(...costs))} to ${usd(Math.max(...costs))}` }]),
    ...(rowUsd === null || waiting === 0
      ? []
      : [
          {
            name: waiting === 1 ? 'The other row' : `The other ${waiting} rows`,
            value: `≈ ${usd(Math.max(0, rowUsd * waiting + (expectedUsd ?? 0) - (job.expectedUsd ?? 0)))}`,
            note: allUsd === undefined ? 'if they cost what these did' : 'by what these did cost, and their sizes',
          },
        ]),
    ...(expectedUsd === null || waiting === 0
      ? []
      : [{ name: 'All together', value: `≈ ${usd(expectedUsd)}`, ...budgetNote(expectedUsd, budgetUsd) }]),
  ];
}

/** As many as fit beside the other figures. */
const LINKED_ROWS = 12;

function toLookAt(marked: readonly number[]): Figure {
  const name = 'To look at';
  if (marked.length === 0) return { name, value: 'nothing marked' };
  const links = marked.slice(0, LINKED_ROWS).map((row) => html`<a href="#row-${row}">${row}</a> `);
  const note = html`${links}${marked.length > LINKED_ROWS ? '…' : null}`;
  return { name, value: marked.length === 1 ? '1 row' : `${marked.length} rows`, note };
}

function budgetNote(expectedUsd: number, budgetUsd: number | null): { note?: string } {
  if (budgetUsd === null) return { note: 'no budget is set' };
  return { note: expectedUsd > budgetUsd ? `more than its budget of ${usd(budgetUsd)}` : `its budget is ${usd(budgetUsd)}` };
}

function commandsHtml(workflowId: string, waiting: number): Html {
  const id = shellWord(workflowId);
  const rest = waiting === 1 ? 'the other row' : `the other ${waiting} rows`;
  const command = (what: string, text: string): Html => html`<p class="command"><span>${what}</span><code>${text}</code></p>\n`;
  return html`<section class="box">
    <h3>Go on with ${rest}?</h3>
    ${command('Go on', `npx troupe review ${id} --approve`)} ${command('Leave the rest', `npx troupe review ${id} --reject "why"`)}
    ${command('Then write the rows', `npx troupe result ${id} --out rows.csv`)}
  </section>`;
}

function indexHtml(rows: readonly RowResult[], subjectField: string): Html | null {
  if (rows.length < 2) return null;
  return html`<nav class="box" aria-label="Rows">
    <div class="wide"><table>
      <thead><tr><th scope="col">Row</th><th scope="col">Name</th><th scope="col">State</th><th scope="col" class="number">Cost</th></tr></thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr><td><a href="#row-${row.outcome.row}">${row.outcome.row}</a></td><td class="key" dir="auto">${nameOf(row, subjectField)}</td><td>${badgesOf(row)}</td><td class="number">${usd(row.costUsd)}</td></tr>\n`,
        )}
      </tbody>
    </table></div>
  </nav>`;
}

function rowHtml(row: RowResult, subjectField: string): Html {
  const { outcome, given, result, costUsd } = row;
  const { degraded, reason } = outcome;
  return html`<article id="row-${outcome.row}">
    <header><h2 dir="auto">${outcome.row} · ${nameOf(row, subjectField)}</h2> ${badgesOf(row)} <span class="cost">${usd(costUsd)}</span></header>
    ${reason === null ? null : html`<p class="reason" dir="auto">${reason}</p>`}
    ${degraded.length === 0 ? null : html`<ul class="notes">${degraded.map((one) => html`<li dir="auto">${one.step}: ${one.reason}; instead: ${one.instead}</li>`)}</ul>`}
    <div class="columns">
      <section><h3>Input</h3>${shownHtml(given.input)}</section>
      <section><h3>Result</h3>${result === null ? html`<span class="none">none</span>` : shownHtml(result)}</section>
    </div>
  </article>\n`;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const shownHtml = (value: unknown): Html => (isRecord(value) ? fieldsHtml(value) : valueHtml(value));

/** The key of a row, unless that is only its number and the row says what it is about. */
function nameOf({ outcome, given }: RowResult, subjectField: string): string {
  const subject = isRecord(given.input) ? given.input[subjectField] : undefined;
  return outcome.key === String(outcome.row) && typeof subject === 'string' ? shorten(subject, 80) : outcome.key;
}

interface Mark {
  readonly text: string;
  readonly look: 'warn' | 'bad';
}

/** Why a row deserves a look. */
function marksOf({ outcome, result }: RowResult): Mark[] {
  const status = isRecord(result) ? result['status'] : undefined;
  return [
    ...(outcome.status === 'done' ? [] : [{ text: outcome.status, look: 'bad' } as const]),
    ...(outcome.degraded.length === 0 ? [] : [{ text: 'degraded', look: 'warn' } as const]),
    ...(ODD_STATUSES.has(status) ? [{ text: String(status), look: 'warn' } as const] : []),
  ];
}

function badgesOf(row: RowResult): Html[] {
  const marks = marksOf(row);
  const shown = row.outcome.status === 'done' ? [{ text: 'done', look: 'good' } as const, ...marks] : marks;
  return shown.map(({ text, look }) => html`<span class="badge ${look}">${text}</span> `);
}
