import { MOST_REWRITES } from '../../common/listing-limits';
import { END, graph } from '../patterns/graph';
import { stage } from '../run/stage';
import { withoutProhibited } from './listing-checks';
import { collectFacts, type Fact, type ListingInput, type ListingResult } from './listing-facts';
import { pickSellingPoints, priced, research } from './listing-research';
import { canRewrite, EMPTY_DESK, isClean, MOST_EDITS, reportOf } from './listing-desk';
import { deskSteps } from './listing-rounds';
import { textsOf } from './listing-texts';
import { shownFact } from './listing-shown-fact';

/**
 * Listing.
 *
 *   propertyRecord → comparableSales ∥ schoolRatings ∥ walkability → prices and facts in code → listingAnalyst
 *     → mlsWriter ∥ captionWriter ×3 ∥ highlightWriter → check ── clean ──────────────────────────→ ready
 *                                      ↑                   ├─ findings, at most twice ─→ rewrite ─┐
 *                                      └───────────────────┼──────────────────────────────────────┘
 *                                                          └─ still in doubt ─→ a person ⇄ recheck of an edit
 */
export async function listing(input: ListingInput): Promise<ListingResult> {
  const found = await stage('research', () => research(input));
  const pricing = priced(input, found);
  const [known, sellingPoints] = await stage('analysis', async () => {
    const facts = await withoutProhibited(collectFacts(input, found, pricing));
    return [facts, await pickSellingPoints(facts.facts, pricing.currency)] as const;
  });
  const shown = (facts: readonly Fact[]) => facts.map((fact) => shownFact(fact, pricing.currency));
  const brief = {
    published: shown(known.facts.filter(({ published }) => published)),
    all: shown(known.facts),
    sellingPoints,
    brandVoice: input.brandVoice,
    mlsCharacters: input.mlsCharacters,
  };
  const basis = { pricing, leftOut: [...known.leftOut], sources: [...found.sources] };
  const { state: desk } = await graph(
    {
      start: 'write',
      nodes: deskSteps({ input, brief, facts: known, basis }),
      edges: [
        { from: 'write', to: 'check' },
        { from: 'check', to: END, when: isClean },
        { from: 'check', to: 'rewrite', when: (now) => canRewrite(now, MOST_REWRITES) },
        { from: 'check', to: 'person' },
        { from: 'rewrite', to: 'check' },
        { from: 'person', to: END, when: ({ status }) => status !== 'open' },
        { from: 'person', to: 'recheck' },
        { from: 'recheck', to: END, when: ({ status }) => status !== 'open' },
        { from: 'recheck', to: 'person' },
      ],
    },
    EMPTY_DESK,
    { maxVisits: { person: MOST_EDITS } },
  );
  return {
    ...textsOf(desk.drafts),
    ...basis,
    sellingPoints,
    ...reportOf(desk),
  };
}
