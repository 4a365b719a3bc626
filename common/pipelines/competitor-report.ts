import { z } from 'zod';

import { CURRENCIES, PRICE_BASES, PRICE_BASES_EXPLAINED } from '../price-terms';
import { definePipeline } from './define-pipeline';
import { untracedItem } from './report-section';
import { isWholeCents, WHOLE_CENTS } from './whole-cents';

const name = z.string().trim().min(1).max(120);
const url = z.url().max(2_000);

const ours = z.strictObject({
  name: name.describe('What we sell'),
  price: z
    .strictObject({
      plan: z.string().trim().min(1).max(80).optional(),
      amount: z.number().min(0).max(10_000_000).refine(isWholeCents, WHOLE_CENTS),
      currency: z.enum(CURRENCIES),
      per: z.enum(PRICE_BASES).describe(PRICE_BASES_EXPLAINED),
    })
    .optional()
    .describe('Compared with prices in the same currency on the same basis'),
});

const claim = z.object({ claim: z.string(), source: z.number().int().nullable().describe('Number of its source; null when it has none') });

const comparison = z.object({
  currency: z.enum(CURRENCIES),
  per: z.enum(PRICE_BASES),
  plans: z.number().int().describe('Plans that cost something; the figures below are theirs'),
  free: z.number().int().describe('Plans that cost nothing'),
  competitors: z.number().int().describe('Competitors whose plans are counted'),
  min: z.number(),
  median: z.number(),
  max: z.number(),
  ours: z
    .object({
      amount: z.number(),
      place: z.enum(['below all', 'below the median', 'at the median', 'above the median', 'above all']),
      percent: z.number().describe('Difference from the median in percent of it, one decimal; negative when ours is below it'),
      cheaper: z.number().int().describe('Plans that cost less than ours'),
      dearer: z.number().int().describe('Plans that cost more than ours'),
    })
    .nullable()
    .describe('Where our price stands; null when it is in another currency, on another basis, or not given'),
});

/** A long report on competitors: research and sections in parallel, prices compared and references checked in code. */
export const competitorReport = definePipeline({
  name: 'competitorReport',
  description: 'Competitors are found and researched, their prices compared in code, and a long report with sources is written in parallel',
  diagram:
    'competitorScout → competitorResearcher × competitors → (pricingAnalyst ∥ reportOutliner) → reportSection × sections (children) → assembly in code',
  subjectField: 'market',
  input: z.strictObject({
    market: z.string().trim().min(1, 'must not be empty').max(2_000).describe('The product or market, in words'),
    ours: ours.optional().describe('Our product, to be compared with the others'),
    competitors: z
      .array(z.strictObject({ name, url: url.optional() }))
      .min(1)
      .max(20)
      .optional()
      .describe('Whom to research; found by a scout unless given'),
    howMany: z.number().int().min(1).max(20).default(10).describe('Competitors to find when none are given'),
    pages: z.number().int().min(1).max(100).default(50).describe('Length at about 400 words a page; sections follow from it'),
    audience: z.string().trim().min(1).max(500).default('people who decide on product and price').describe('Who reads it'),
  }),
  result: z.object({
    title: z.string(),
    report: z.string().describe('The whole report in Markdown'),
    contents: z.array(z.object({ number: z.number().int(), heading: z.string() })),
    competitors: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        url: z.string().nullable(),
        alsoCalled: z.array(z.string()).describe('Other spellings that were listed for the same competitor'),
        researched: z.boolean(),
        positioning: z.string().nullable().describe('Null when not researched'),
        strengths: z.array(claim),
        weaknesses: z.array(claim),
      }),
    ),
    pricing: z.object({
      prices: z.array(
        z.object({
          competitor: z.string().describe('Id of the competitor'),
          plan: z.string(),
          amount: z.number(),
          currency: z.enum(CURRENCIES),
          per: z.enum(PRICE_BASES),
          source: z
            .number()
            .int()
            .nullable()
            .describe('Number of its source; null when it names none of its pages: then it is not compared'),
          compared: z.boolean(),
        }),
      ),
      comparisons: z.array(comparison).describe('One for each currency and basis, computed'),
      analysis: z.string().nullable().describe('The comparison in words; null without prices or when it failed'),
      figures: z
        .array(z.object({ figure: z.string(), source: z.string() }))
        .describe('Every figure of the analysis and where it comes from'),
    }),
    sources: z.array(z.object({ number: z.number().int(), title: z.string(), url: z.string() })),
    words: z.number().int().describe('Of the report'),
    untraced: z
      .array(untracedItem.extend({ place: z.string().describe('"prices", or number and heading of the section') }))
      .describe('Figures that are in no fact, and references and links that were taken out because they lead nowhere'),
    missing: z
      .array(z.object({ what: z.enum(['competitor', 'section', 'prices', 'analysis']), name: z.string(), why: z.string() }))
      .describe('What the report should have and has not'),
  }),
});
