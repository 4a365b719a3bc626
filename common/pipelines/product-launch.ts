import { z } from 'zod';

import { LAUNCH_LIMITS } from '../launch-limits';
import { definePipeline } from './define-pipeline';
import { isWholeCents, WHOLE_CENTS } from './whole-cents';

const hasCents = (currency: string): boolean =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits === 2;

const partsOf = (text: string): string[] =>
  text
    .split(/[;|]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

const keywords = z
  .union([z.array(z.string()), z.string()], {
    error: ({ input }) => (input === undefined ? 'is missing' : 'must be a list of texts, or one text with ";" between the keywords'),
  })
  .transform((given) => {
    const listed = typeof given === 'string' ? partsOf(given) : given.map((keyword) => keyword.trim());
    return [...new Map(listed.map((keyword) => [keyword.toLowerCase(), keyword])).values()];
  })
  .pipe(
    z
      .array(
        z
          .string()
          .min(1)
          .max(60)
          .regex(/[\p{L}\p{N}]/u, 'must contain a letter or a digit'),
      )
      .min(1)
      .max(20),
  )
  .describe('1 to 20 search terms, the weightiest first; a list, or one text with ";" or "|" between them');

const attributeValue = z.union([z.string().trim().min(1).max(300), z.number()], { error: 'must be a text or a number' });

/** `material: steel; weight: 340 g` as a record; a part without a colon stands under its own words, where its value is missing. */
function attributesOf(text: string): Record<string, string> {
  return Object.fromEntries(
    partsOf(text).map((part) => {
      const at = part.search(/[:=]/);
      return at === -1 ? [part, ''] : [part.slice(0, at).trim(), part.slice(at + 1).trim()];
    }),
  );
}

const attributes = z
  .union([z.record(z.string(), attributeValue), z.string()], { error: 'must be an object like { "material": "steel" }, or one text' })
  .transform((given) => (typeof given === 'string' ? attributesOf(given) : given))
  .pipe(
    z
      .record(z.string().trim().min(1).max(60), attributeValue)
      .refine((all) => Object.keys(all).length <= 60, 'must not have more than 60 attributes'),
  )
  .describe('What may be said of it, like { "material": "steel" }; or one text, "material: steel; weight: 340 g"');

const finding = z.object({
  check: z.string().describe('Who objects: figure, attribute, limit, filler, echo, keyword, title, margin or launchQa'),
  phrase: z.string().describe('The words objected to; empty when the text as a whole is meant'),
  rule: z.string().describe('What it breaks, in words'),
  place: z.string().describe('Field of the result; of a keyword that was left out, of the input'),
  at: z.number().int().min(0).describe('Where the phrase begins in the text it was found in, in characters'),
  round: z.number().int().min(1).describe('The check that found it first, from 1'),
  settled: z
    .enum(['rewritten', 'replaced', 'open'])
    .describe('rewritten: the text was, and no check objects any more; replaced: code has worded it anew; open: a person should look'),
});

const insight = z.object({ point: z.string(), mentions: z.number().int().min(1).describe('Reviews that say so') });
const money = z.number().min(0);

/** One product becomes a shop listing with a launch price: texts by agents, prices by code, both checked. */
export const productLaunch = definePipeline({
  name: 'productLaunch',
  description: 'A product gets its shop texts, launch price and first-sale discount; every claim is checked against its data',
  diagram:
    'shopListings ∥ shopReviews → reviewAnalyst → (launchCopywriter ∥ launchSeo ∥ prices in code → launchPricer) → checks in code → launchQa ⟲ writers, at most twice',
  subjectField: 'name',
  input: z.strictObject({
    name: z.string().trim().min(1, 'must not be empty').max(200).describe('What the product is called'),
    description: z.string().trim().max(4_000).optional().describe('What is known of it, in any form'),
    category: z.string().trim().max(120).optional(),
    attributes: attributes.default({}),
    keywords,
    cost: z.number().positive().max(10_000_000).refine(isWholeCents, WHOLE_CENTS).describe('What one costs the shop'),
    marginFloorPercent: z.number().min(0).max(95).default(30).describe('Share of every price that must be left after the cost, in percent'),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, { error: 'must be three capital letters, like USD', abort: true })
      .refine(hasCents, 'must be a currency with two decimals')
      .default('USD')
      .describe('Currency of cost and prices'),
    brandVoice: z.string().trim().max(1_000).optional().describe('How the brand speaks'),
    titleCharacters: z.number().int().min(20).max(200).default(LAUNCH_LIMITS.title).describe('Most characters of the title'),
    metaCharacters: z
      .number()
      .int()
      .min(70)
      .max(320)
      .default(LAUNCH_LIMITS.metaDescription)
      .describe('Most characters of the meta description'),
    priceEnding: z
      .number()
      .min(0)
      .max(0.99)
      .refine(isWholeCents, WHOLE_CENTS)
      .optional()
      .describe('What the launch price ends in, like 0.99; any ending unless given'),
  }),
  result: z.object({
    status: z.enum(['ready', 'flagged']).describe('flagged: some finding is open; what the price rests on is in pricing.basis'),
    title: z.string(),
    description: z.string(),
    bullets: z.array(z.string()),
    metaDescription: z.string(),
    keywordsUsed: z.array(z.string()).describe('Keywords that stand in the texts'),
    pricing: z.object({
      currency: z.string(),
      launchPrice: money,
      firstSaleDiscountPercent: z.number().min(0),
      firstSalePrice: money,
      marginPercent: z.number().describe('Of the launch price, rounded down'),
      firstSaleMarginPercent: z.number().describe('Of the first-sale price, rounded down'),
      floorPrice: money.describe('The least price that leaves the margin'),
      basis: z
        .enum(['market', 'sample data', 'margin floor', 'cost plus'])
        .describe('What decided on the launch price; sample data: comparable prices that are not the market'),
      competitors: z
        .object({ count: z.number().int(), dropped: z.number().int(), min: money, median: money, max: money })
        .nullable()
        .describe('Prices of comparable products; null when none were found'),
      rationale: z.string(),
      notes: z.array(z.string()),
    }),
    figures: z
      .array(z.object({ place: z.string(), claim: z.string(), field: z.string() }))
      .describe('Figures and attributes of the texts, and the fact each comes from'),
    findings: z.array(finding),
    droppedFindings: z.number().int().min(0).describe('Findings of launchQa whose phrase stands in no text'),
    rounds: z.number().int().min(1).describe('Times that the texts were checked'),
    insights: z.object({ praised: z.array(insight), missed: z.array(insight) }).describe('What buyers of comparable products say'),
    sources: z.array(
      z.object({
        name: z.enum(['shopListings', 'shopReviews']),
        source: z.string(),
        sample: z.boolean().describe('Whether it is sample data, not the market'),
        used: z.number().int().min(0).describe('Listings or reviews taken from it'),
      }),
    ),
  }),
});
