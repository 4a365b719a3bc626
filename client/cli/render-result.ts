import { pipelines, type PipelineName } from '../../common/pipelines';
import type { PipelineResult } from '../../common/pipelines/types';
import type { Artifact } from '../../common/run';
import { renderLaunch } from './render-launch';
import { renderListing } from './render-listing';
import { bullets, renderValue } from './render-value';

/** A pipeline without one is shown field by field. */
type Renderers = { readonly [Name in PipelineName]?: (result: PipelineResult<Name>) => readonly string[] };

const RENDERERS: Renderers = {
  article: ({ title, seoDescription, outline, draft }) => [
    `# ${title}`,
    `> ${seoDescription}`,
    '## Outline',
    outline.map(({ heading, purpose }, at) => `${at + 1}. ${heading}: ${purpose}`).join('\n'),
    '## Draft',
    draft,
  ],
  batchJob: ({ rows, done, before, failed, notStarted, failures }) => [
    [
      `${done + before} of ${rows} rows done`,
      ...(before > 0 ? [`${before} of them by an earlier start`] : []),
      ...(failed > 0 ? [`${failed} failed`] : []),
      ...(notStarted > 0 ? [`${notStarted} not started`] : []),
    ].join(', '),
    ...(failures.length === 0 ? [] : ['## Not done', bullets(failures.map(({ row, key, reason }) => `row ${row} (${key}): ${reason}`))]),
  ],
  batchFiles: ({ status, source, files, left }) => [
    `${source}: ${status}`,
    bullets(
      files.map(({ file, status: became, reason, job, out, done, failed, skipped }) =>
        [
          `${file}: ${became}`,
          ...(job === null ? [] : [`job ${job}`]),
          ...(out === null ? [] : [`${done} rows in ${out}`]),
          ...(failed > 0 ? [`${failed} failed`] : []),
          ...(skipped > 0 ? [`${skipped} did not fit`] : []),
          ...(reason === null ? [] : [reason]),
        ].join(', '),
      ),
    ),
    ...(left > 0 ? [`${left} more for the next run`] : []),
  ],
  brief: ({ paragraphs, findings }) => [
    ...paragraphs,
    '## Facts',
    bullets(findings.facts.map(({ claim, source }) => `${claim} (${source})`)),
  ],
  researchWriteReview: ({ text, changes }) => [
    text,
    '## What the editor changed',
    bullets(changes.map(({ what, why }) => `${what} ${why}`)),
  ],
  parallelResearch: ({ synthesis, agreements, conflicts, reports }) => [
    synthesis,
    '## What all agree on',
    bullets(agreements),
    '## Where they differ',
    bullets(conflicts.map(({ between, about, settled }) => `${about} (${between.join(', ')}) ${settled}`)),
    '## Viewpoints',
    bullets(reports.map(({ angle, summary, confidence }) => `${angle}: ${summary} (confidence ${confidence})`)),
  ],
  newsroom: ({ headline, text, corrections, conflicts }) => [
    `# ${headline}`,
    text,
    '## Corrections',
    bullets(
      corrections.map(({ by, quote, replacement, reason, notApplied }) => {
        const change = `${by}: "${quote}" → "${replacement}" (${reason})`;
        return notApplied === null ? change : `${change} Not applied: ${notApplied}.`;
      }),
    ),
    ...(conflicts.length === 0 ? [] : ['## Where the research differs']),
    bullets(conflicts.map(({ between, about, settled }) => `${about} (${between.join(', ')}) ${settled}`)),
  ],
  customerQuery: ({ status, answer, answeredBy, routing, quote: { currency, lines, total }, figures, untraced }) => [
    answer ?? '(no answer was sent)',
    '## How it was answered',
    bullets([
      `${status} by ${answeredBy}, route ${routing.route} (${routing.why})`,
      ...lines.map(
        ({ name, quantity, unitPrice, total: sum }) => `${quantity} × ${name} at ${unitPrice.toFixed(2)} = ${sum.toFixed(2)} ${currency}`,
      ),
      ...(lines.length > 1 ? [`Total: ${total.toFixed(2)} ${currency}`] : []),
      ...figures.map(({ figure, source }) => `"${figure}" from ${source}`),
      ...untraced.map((figure) => `"${figure}" is not in the data; a person let it pass`),
    ]),
  ],
  ask: ({ answer, confidence, sources, openPoints, routing: { route, why } }) => [
    answer,
    ...(openPoints.length > 0 ? ['## Open points', bullets(openPoints)] : []),
    ...(sources.length > 0 ? ['## Sources', bullets(sources)] : []),
    `Answered by: ${route}${why === 'chosen' ? '' : ` (${why})`}, confidence ${confidence}`,
  ],
  goal: ({ report, confidence, openPoints, subtasks }) => [
    report,
    ...(openPoints.length > 0 ? ['## Open points', bullets(openPoints)] : []),
    '## How it was done',
    bullets(subtasks.map(({ id, worker, status, reason }) => `${id} (${worker}): ${status}${reason === null ? '' : `, ${reason}`}`)),
    `Confidence ${confidence}`,
  ],
  groupChat: ({ status, reason, transcript }) => [
    ...transcript.map(({ speaker, text, by }) => `**${speaker}**${by === null ? '' : ` (${by})`}: ${text ?? '(passes)'}`),
    `Ended: ${status}${reason === null ? '' : `, ${reason}`}`,
  ],
  crew: ({ text, tasks }) => [
    text,
    '## Who did what',
    bullets(
      tasks.map(({ task, member, accepted, sentBack }) => {
        const revised = sentBack.length === 0 ? '' : `, sent back ${sentBack.length} times`;
        return `${task}: ${member}${revised}${accepted === false ? ', not accepted' : ''}`;
      }),
    ),
  ],
  bestOf: ({ winner, reason, decidedBy, variant, candidates }) => [
    winner,
    '## How it was chosen',
    `${decidedBy}: candidate ${variant.index + 1} of ${candidates.length}. ${reason ?? ''}`,
    bullets(
      candidates.map(
        ({ index, instruction, failed }) => `candidate ${index + 1}: ${instruction}${failed === null ? '' : ` Failed: ${failed}`}`,
      ),
    ),
  ],
  vote: ({ winner, decidedBy, distribution, votes }) => [
    `# ${winner}`,
    `${decidedBy}: ${distribution.map(({ choice, votes: count }) => `${choice} ${count}`).join(', ')}`,
    bullets(
      votes.map(({ voter, choice, reason, lost }) =>
        [`voter ${voter}: ${choice ?? '(none)'}.`, reason, lost === null ? null : `Not counted: ${lost}`].filter(Boolean).join(' '),
      ),
    ),
  ],
  debate: ({ text, settled, rounds }) => [
    text,
    settled ? 'Settled: the critic has no blocking point left.' : '**Not settled**: no critic has passed this text.',
    ...rounds.flatMap(({ round, blocking, minor }) => [
      `## Round ${round}`,
      bullets([...blocking.map((point) => `blocking: ${point}`), ...minor.map((point) => `minor: ${point}`)]) || 'Nothing to object to.',
    ]),
  ],
  competitorReport: ({ report }) => [report],
  reportSection: ({ heading, body, untraced }) => [
    `## ${heading}`,
    body,
    ...(untraced.length > 0 ? ['## In no fact', bullets(untraced.map(({ kind, text }) => `${kind} "${text}"`))] : []),
  ],
  productLaunch: renderLaunch,
  listing: renderListing,
  oneAgent: ({ agent, output }) => [`# ${agent}`, renderValue(output)],
  stages: ({ stages }) => stages.flatMap(({ name, status, text }) => [`## ${name}`, status === 'done' ? text : `(${status})`]),
};

/** A pipeline's result as Markdown for people; everything is in the JSON. */
export function renderMarkdown(pipeline: string, result: unknown): string {
  // A run of another release may bring a pipeline or a shape that this one does not know.
  if (!Object.hasOwn(pipelines, pipeline)) return renderValue(result);
  const name = pipeline as PipelineName; // checked above
  if (!pipelines[name].result.safeParse(result).success) return renderValue(result);
  const render = RENDERERS[name] as ((result: unknown) => readonly string[]) | undefined; // checked above
  if (render === undefined) return renderValue(result);
  return render(result)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n\n');
}

/** What a run that did not complete had produced, agent by agent. */
export function renderArtifacts(artifacts: readonly Artifact[]): string {
  return artifacts.map(({ key, value }) => `## ${key}\n\n${renderValue(value, 3)}`).join('\n\n');
}
