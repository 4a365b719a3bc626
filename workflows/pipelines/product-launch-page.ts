import type { Finding } from '../../common/finding';
import type { PipelineInput, PipelineResult } from '../../common/pipelines/types';
import { debate } from '../patterns/debate';
import { agents } from '../run/agents';
import { optional } from '../run/degrade';
import { stage } from '../run/stage';
import { tools } from '../run/tools';
import { leadSentence } from './lead-sentence';
import {
  factsOf,
  keywordFindings,
  placedTexts,
  productOf,
  settled,
  titleFindings,
  unmended,
  type LaunchTexts,
} from './product-launch-texts';
import { quotedFindings } from './quoted-findings';

type Input = PipelineInput<'productLaunch'>;
type Result = PipelineResult<'productLaunch'>;
type PageTexts = Omit<LaunchTexts, 'metaDescription'>;

/** How often texts with findings go back to their writers. */
const MOST_REWRITES = 2;

/** What writers work from; `last` and `problems` when they have to mend. */
export interface Assignment {
  readonly insights: Result['insights'];
  /** From 1. */
  readonly round: number;
  readonly last?: LaunchTexts;
  readonly problems?: readonly Finding[];
}

/** Writes all texts, or anew those that have problems. */
export async function writeTexts(input: Input, assignment: Assignment): Promise<LaunchTexts> {
  const [page, meta] = await Promise.all([writePage(input, assignment), writeMeta(input, assignment)]);
  return { ...page, metaDescription: meta ?? leadSentence(page.description, input.metaCharacters) };
}

const isOfMeta = ({ place }: Finding): boolean => place === 'metaDescription';
const shown = ({ place, phrase, rule }: Finding) => ({ place, phrase, rule });
const toldOf = (input: Input) => ({
  product: productOf(input),
  keywords: input.keywords,
  ...(input.brandVoice !== undefined && { brandVoice: input.brandVoice }),
});

function writePage(input: Input, { insights, round, last, problems = [] }: Assignment): Promise<PageTexts> {
  const label = `round ${round}`;
  const asked = { ...toldOf(input), insights, titleCharacters: input.titleCharacters };
  if (last === undefined) return agents.launchCopywriter(asked, { label });
  const { metaDescription: _, ...page } = last;
  const own = problems.filter((problem) => !isOfMeta(problem)).map(shown);
  if (own.length === 0) return Promise.resolve(page);
  return optional<PageTexts>(
    `launchCopywriter/${label}`,
    () => agents.launchCopywriter({ ...asked, last: page, problems: own }, { label }),
    () => ({ value: page, instead: 'the texts as they were' }),
  );
}

/** Null when there is none: the page has to do without its own. */
function writeMeta(input: Input, { round, last, problems = [] }: Assignment): Promise<string | null> {
  const label = `round ${round}`;
  const own = problems.filter(isOfMeta).map(shown);
  if (last !== undefined && own.length === 0) return Promise.resolve(last.metaDescription);
  const mend = last === undefined ? {} : { last: last.metaDescription, problems: own };
  return optional<string | null>(
    `launchSeo/${label}`,
    async () => (await agents.launchSeo({ ...toldOf(input), metaCharacters: input.metaCharacters, ...mend }, { label })).metaDescription,
    () => ({
      value: last?.metaDescription ?? null,
      instead: last === undefined ? 'the first sentence of the description' : 'the one it was',
    }),
  );
}

/** What the checks of one round say. */
interface Review {
  /** What the writers have to mend. */
  readonly blocking: readonly Finding[];
  /** What no writer can mend. */
  readonly open: readonly Finding[];
  readonly traced: Result['figures'];
  /** Findings of the agent that quote what nobody wrote. */
  readonly dropped: number;
}

/** Code first. Its findings go back at once; the agent looks at what code has let pass, and at the last texts in any case. */
async function review(input: Input, texts: LaunchTexts, round: number): Promise<Review> {
  const label = `round ${round}`;
  const placed = placedTexts(texts, input);
  const { traced, findings } = await tools.claimCheck({ texts: placed, facts: factsOf(input), names: [input.name] }, { label });
  const product = productOf(input);
  const byCode = [
    ...findings,
    ...keywordFindings(texts, input.keywords),
    ...titleFindings(texts.title, JSON.stringify([product, input.keywords])),
  ];
  if (byCode.length > 0 && round <= MOST_REWRITES) return { blocking: byCode, open: [], traced, dropped: 0 };
  const judged = await optional<ReturnType<typeof quotedFindings> | null>(
    `launchQa/${label}`,
    async () => {
      const asked = { ...toldOf(input), texts: placed.map(({ place, text }) => ({ place, text })) };
      const { findings: objections } = await agents.launchQa(asked, { label });
      return quotedFindings(
        'launchQa',
        objections.map(({ place, phrase, kind, why }) => ({ place, phrase, rule: `${kind}: ${why}` })),
        placed,
      );
    },
    () => ({ value: null, instead: 'texts that only code has checked' }),
  );
  if (judged === null) return { blocking: byCode, open: [NOT_JUDGED], traced, dropped: 0 };
  return { blocking: [...byCode, ...judged.taken], open: [], traced, dropped: judged.dropped };
}

/** Texts that nobody has judged are not passed off as good ones. */
const NOT_JUDGED: Finding = {
  check: 'launchQa',
  phrase: '',
  rule: 'nobody has compared the texts with product data and brand',
  place: 'description',
  at: 0,
};

/** The texts after the checks, and what these said. */
export interface ReviewedPage {
  readonly texts: LaunchTexts;
  readonly traced: Result['figures'];
  readonly findings: Result['findings'];
  readonly dropped: number;
  readonly rounds: number;
}

/** Texts checked and mended until nothing is left or the rounds are used up. The texts that are returned have always been checked. */
export async function reviewTexts(input: Input, first: LaunchTexts, insights: Assignment['insights']): Promise<ReviewedPage> {
  const check = (texts: LaunchTexts, round: number) => stage('quality', () => review(input, texts, round));
  const { draft, rounds, status } = await debate<LaunchTexts, Review>(
    {
      propose: () => Promise.resolve(first),
      criticise: check,
      revise: (last, { blocking }, earlier) =>
        stage('rewrite', () => writeTexts(input, { insights, round: earlier.length + 2, last, problems: blocking })),
    },
    { rounds: MOST_REWRITES },
  );
  const checked = [
    ...rounds.map(({ draft: texts, critique }) => ({ texts, ...critique })),
    ...(status === 'settled' ? [] : [{ texts: draft, ...(await check(draft, rounds.length + 1)) }]),
  ];
  const earlier = checked.slice(0, -1);
  const last = checked.at(-1);
  const open = [...(last?.blocking ?? []), ...(last?.open ?? [])];
  const judged = !open.includes(NOT_JUDGED);
  const left = earlier.flatMap(({ texts, blocking }) => unmended(blocking, { before: texts, now: draft, judged }));
  return {
    texts: draft,
    traced: last?.traced ?? [],
    findings: settled(
      earlier.map(({ blocking }) => blocking),
      [...left, ...open],
    ),
    dropped: checked.reduce((sum, { dropped }) => sum + dropped, 0),
    rounds: checked.length,
  };
}
