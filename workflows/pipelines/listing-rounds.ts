import { optional } from '../run/degrade';
import { reviewGate } from '../run/gates';
import { stage } from '../run/stage';
import { checkByCode, REVIEWERS, reviewByAgents } from './listing-checks';
import { EMPTY_DESK, type Desk } from './listing-desk';
import type { ListingFacts, ListingInput } from './listing-facts';
import { applyEdit, isBlocking, isOpen, linesOfEdit, logRound, refusesEdit, type Edit, type LoggedFinding } from './listing-findings';
import { proposalOf, type ListingBasis, type ListingProposal } from './listing-proposal';
import { TEXTS, writerStep, writeText, type Draft, type WritersBrief } from './listing-texts';
import { oneLine } from './text-forms';

interface Work {
  readonly input: ListingInput;
  readonly brief: WritersBrief;
  readonly facts: ListingFacts;
  /** What a person is shown beside the texts. */
  readonly basis: ListingBasis;
}

type Step = (desk: Desk) => Promise<Desk>;

/** The nodes of the listing's graph. */
export function deskSteps(work: Work): { readonly [Node in 'write' | 'check' | 'rewrite' | 'person' | 'recheck']: Step } {
  return {
    write: () => stage('write', () => write(work)),
    check: (desk) => stage('check', () => check(work, desk)),
    rewrite: (desk) => stage('rewrite', () => rewrite(work, desk)),
    person: (desk) => stage('review', () => askPerson(work, desk)),
    recheck: (desk) => stage('review', () => recheck(work, desk)),
  };
}

/** Without its MLS description there is no listing; any other text may be missing. */
async function write({ brief }: Work): Promise<Desk> {
  const written = await Promise.all(
    TEXTS.map((name) =>
      name === 'mlsDescription'
        ? writeText(name, brief)
        : optional<Draft | null>(
            writerStep(name),
            () => writeText(name, brief),
            () => ({ value: null, instead: 'a listing without this text' }),
          ),
    ),
  );
  const drafts = written.filter((draft) => draft !== null);
  return { ...EMPTY_DESK, drafts, unchecked: drafts };
}

/** Code first, then the agents: what goes back to a writer goes back with everything at once. */
async function check({ input, facts }: Work, desk: Desk): Promise<Desk> {
  const { unchecked: drafts, round } = desk;
  if (drafts.length === 0) return desk;
  const now = { drafts, label: round === 0 ? 'first draft' : `rewrite ${round}` };
  const code = await checkByCode(now, facts);
  const read = await reviewByAgents(now, input.brandVoice);
  const names = drafts.map(({ name }) => name);
  return {
    ...desk,
    unchecked: [],
    log: logRound(desk.log, { drafts, found: [...code.found, ...read.found], round, goneBy: 'rewritten' }),
    figures: [...figuresOfOthers(desk, drafts), ...code.figures],
    listVersion: code.listVersion,
    reviewerFindings: read.reviewerFindings.map(({ reviewer, taken, dropped }) => {
      const before = desk.reviewerFindings.find((one) => one.reviewer === reviewer);
      return { reviewer, taken: taken + (before?.taken ?? 0), dropped: dropped + (before?.dropped ?? 0) };
    }),
    unread: [...desk.unread.filter((name) => !names.includes(name)), ...(read.missing.includes('fairHousingReviewer') ? names : [])],
  };
}

const figuresOfOthers = ({ figures }: Desk, drafts: readonly Draft[]): Desk['figures'] =>
  figures.filter(({ place }) => !drafts.some(({ name }) => place.startsWith(name)));

/** Only texts with findings go back, each with its own. */
async function rewrite({ brief }: Work, desk: Desk): Promise<Desk> {
  const label = `rewrite ${desk.round + 1}`;
  const drafts = await Promise.all(
    desk.drafts.map(async (last) => {
      const problems = openFindings(desk, last).map(({ phrase, rule, instead }) => ({
        phrase,
        rule,
        ...(instead !== undefined && { instead }),
      }));
      if (problems.length === 0) return last;
      return optional(
        writerStep(last.name, label),
        () => writeText(last.name, brief, { last, problems, label }),
        () => ({ value: last, instead: 'the text as it was' }),
      );
    }),
  );
  return { ...desk, drafts, unchecked: drafts.filter((draft, at) => draft !== desk.drafts[at]), round: desk.round + 1 };
}

const openFindings = ({ log }: Desk, { name }: Draft): LoggedFinding[] => log.filter((finding) => isOpen(finding) && finding.text === name);

/** A person sees every text, what is said against it and what it rests on. */
async function askPerson({ input, basis }: Work, desk: Desk): Promise<Desk> {
  const lines = desk.drafts.flatMap((draft) => draft.lines);
  const found = desk.log.filter(isOpen);
  const deadlineAt = desk.deadlineAt ?? Date.now() + input.reviewDeadlineMs;
  const leftMs = Math.max(1, deadlineAt - Date.now());
  const { decision, value, by, byDeadline } = await reviewGate<ListingProposal | Edit>({
    name: 'texts',
    title: titleOf(input.address, found.length, desk.unread.length),
    proposal: proposalOf(desk, basis),
    validate: (edit) => refusesEdit(edit, lines),
    deadlineMs: leftMs,
    remindAfterMs: Math.ceil(leftMs / 2),
    onDeadline: 'reject',
  });
  const answered = { ...desk, deadlineAt, reviewedBy: by };
  if (byDeadline) return { ...answered, status: 'held' };
  if (decision === 'reject') return { ...answered, status: 'rejected' };
  const edited = decision === 'edit' ? applyEdit(desk.drafts, linesOfEdit(value)) : { drafts: desk.drafts, changed: [] };
  if (edited.changed.length === 0) return approved(answered);
  return { ...answered, drafts: edited.drafts, unchecked: edited.changed, round: desk.round + 1 };
}

/** An edit is the person's word, but for what is prohibited and for figures from nowhere: these are shown again. */
async function recheck({ facts }: Work, desk: Desk): Promise<Desk> {
  const { unchecked: drafts, round } = desk;
  const code = await checkByCode({ drafts, label: `edit, round ${round}` }, facts);
  const after: Desk = {
    ...desk,
    unchecked: [],
    log: logRound(desk.log, { drafts, found: code.found, round, goneBy: 'edited by person', notAsked: REVIEWERS }),
    figures: [...figuresOfOthers(desk, drafts), ...code.figures],
    listVersion: code.listVersion,
  };
  return code.found.some(isBlocking) ? after : approved(after);
}

function approved(desk: Desk): Desk {
  const log = desk.log.map((finding) => (isOpen(finding) ? { ...finding, settled: 'approved by person' as const } : finding));
  return { ...desk, log, status: 'approved by person' };
}

function titleOf(address: string, findings: number, unread: number): string {
  const doubts = [
    ...(findings === 0 ? [] : [`${findings} ${findings === 1 ? 'finding is' : 'findings are'} open`]),
    ...(unread === 0 ? [] : [`${unread} ${unread === 1 ? 'text was' : 'texts were'} not read by the Fair Housing reviewer`]),
  ];
  return `Publish the listing of ${oneLine(address)}? In doubt: ${doubts.join('; ')}`;
}
