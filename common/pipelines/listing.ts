import { z } from 'zod';

import { MLS_CHARACTERS } from '../listing-limits';
import { definePipeline } from './define-pipeline';
import { isWholeCents, WHOLE_CENTS } from './whole-cents';

const HOUR_MS = 3_600_000;

const text = z.string().trim().min(1).max(300);
/** As the tools take it. */
const shortText = z.string().trim().min(1).max(100);
const count = z.number().min(0).max(1_000);
const area = z.number().positive().max(100_000_000);
const money = z.number().min(0).max(10_000_000_000).refine(isWholeCents, WHOLE_CENTS);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date like 2026-05-31');

/** What the caller knows of the property. It overrides the record; features are added to those of the record. */
const knownProperty = z.strictObject({
  propertyType: text.optional(),
  bedrooms: count.optional(),
  bathrooms: count.optional(),
  livingAreaSqft: area.optional(),
  lotSizeSqft: area.optional(),
  yearBuilt: z.number().int().min(1500).max(2100).optional(),
  stories: count.optional(),
  garageSpaces: count.optional(),
  features: z.array(text).max(100).optional(),
  annualTax: money.optional(),
  lastSalePrice: money.optional(),
  lastSaleDate: day.optional(),
});

const sale = {
  recordId: z.string(),
  address: z.string(),
  closePrice: z.number(),
  closeDate: z.string(),
  livingAreaSqft: z.number(),
};
const nullablePrice = z.number().nullable();

const pricing = z.object({
  currency: z.string(),
  livingAreaSqft: z.number().nullable(),
  used: z.array(z.object({ ...sale, pricePerSqft: z.number() })).describe('Comparable sales that the numbers rest on'),
  dropped: z.array(z.object({ ...sale, pricePerSqft: nullablePrice, reason: z.string() })).describe('Those left out, and why'),
  outlierRule: z.string(),
  lowerQuartilePricePerSqft: nullablePrice,
  medianPricePerSqft: nullablePrice,
  upperQuartilePricePerSqft: nullablePrice,
  suggestedRange: z.object({ low: z.number(), middle: z.number(), high: z.number() }).nullable(),
  whyNoRange: z.string().nullable().describe('Null when there is a range'),
  askingPrice: nullablePrice,
  askingPricePerSqft: nullablePrice,
  askingPriceIs: z.enum(['below', 'within', 'above']).nullable().describe('Where the asking price lies against the suggested range'),
});

const finding = z.object({
  round: z.number().int().describe('The check that found it first. 0: of the first draft; 1 and up: after so many rewrites or edits'),
  check: z.string(),
  phrase: z.string().describe('As it stood in the text; empty when the text as a whole is meant'),
  rule: z.string(),
  place: z.string(),
  at: z.number().int().describe('Where the phrase began, in characters'),
  severity: z.enum(['prohibited', 'risky']).nullable().describe('Of Fair Housing findings of code; null of all others'),
  settled: z.enum(['rewritten', 'edited by person', 'approved by person', 'open']),
});

/** A home's listing: numbers computed, every figure traced, Fair Housing checked by code before any agent, doubts to a person. */
export const listing = definePipeline({
  name: 'listing',
  description:
    'A property becomes MLS text, social captions and a highlight sheet, priced in code and checked for Fair Housing and figures',
  diagram:
    'propertyRecord → (comparableSales ∥ schoolRatings ∥ walkability) → prices in code → listingAnalyst → mlsWriter ∥ captionWriter ×3 ∥ highlightWriter ' +
    '→ (fairHousingCheck ∥ claimCheck) → (fairHousingReviewer ∥ brandReviewer) ⇄ rewrite, at most twice → in doubt: a person',
  subjectField: 'address',
  input: z.strictObject({
    address: z.string().trim().min(1, 'must not be empty').max(300).describe('The property’s street address'),
    city: shortText.optional(),
    state: shortText.optional(),
    postalCode: z.string().trim().min(1).max(20).optional(),
    property: knownProperty.optional().describe('What you know of the property; overrides the public record'),
    brandVoice: z
      .string()
      .trim()
      .min(1)
      .max(1_000)
      .default('Warm and exact: concrete facts, no superlatives, no exclamation marks')
      .describe('How your texts sound'),
    askingPrice: money.optional().describe('The only list price that a text may state'),
    mlsCharacters: z.number().int().min(100).max(10_000).default(MLS_CHARACTERS).describe('Most characters of the MLS description'),
    reviewDeadlineMs: z
      .number()
      .int()
      .min(1)
      .max(30 * 24 * HOUR_MS)
      .default(24 * HOUR_MS)
      .describe('Milliseconds that a person has; then the texts are held'),
  }),
  result: z.object({
    status: z
      .enum(['ready', 'approved by person', 'held', 'rejected'])
      .describe('held: nobody decided in time; held and rejected texts are kept and not approved'),
    mlsDescription: z.string(),
    captions: z
      .object({ instagram: z.string().nullable(), facebook: z.string().nullable(), x: z.string().nullable() })
      .describe('Null when it could not be written'),
    highlights: z.array(z.object({ text: z.string(), field: z.string().describe('The fact that the line states') })),
    pricing,
    sellingPoints: z.array(z.object({ field: z.string(), fact: z.string(), why: z.string() })),
    figures: z
      .array(z.object({ place: z.string(), figure: z.string(), field: z.string(), source: z.string() }))
      .describe('Every figure and attribute of the texts that was traced, and where it comes from'),
    findings: z.array(finding).describe('Of every check, each once, and what became of it'),
    reviewerFindings: z
      .array(z.object({ reviewer: z.string(), taken: z.number().int(), dropped: z.number().int() }))
      .describe('dropped: findings that quote nothing of the texts'),
    fairHousing: z.object({ listVersion: z.string() }),
    leftOut: z.array(z.object({ field: z.string(), value: z.string(), why: z.string() })).describe('Facts that no text may use'),
    sources: z.array(z.object({ tool: z.string(), source: z.string(), sample: z.boolean(), found: z.boolean() })),
    reviewedBy: z.string().nullable().describe('Null when nobody was asked, gave no name or answered in time'),
  }),
});
