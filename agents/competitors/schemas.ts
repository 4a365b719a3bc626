import { z } from 'zod';

import { CURRENCIES, PRICE_BASES, PRICE_BASES_EXPLAINED } from '../../common/price-terms';

/** What the caller sells, as far as agents need to know it. */
export const oursField = z.object({
  name: z.string().min(1),
  price: z.object({ plan: z.string().optional(), amount: z.number(), currency: z.enum(CURRENCIES), per: z.enum(PRICE_BASES) }).optional(),
});

const address = z.url();

const claimSchema = z.object({
  claim: z.string().min(1).max(400).describe('One checkable statement, one sentence, at most 400 characters'),
  source: address.optional().describe('Address of the page in `sources` that says so; left out when none does'),
});

/** What a researcher finds out about one competitor. */
export const competitorStudySchema = z.object({
  positioning: z.string().min(1).max(600).describe('For whom it is and what it promises them, two sentences, at most 600 characters'),
  strengths: z.array(claimSchema).max(5).describe('Between 2 and 5 items, weightiest first'),
  weaknesses: z.array(claimSchema).max(5).describe('Between 2 and 5 items, weightiest first'),
  prices: z
    .array(
      z.object({
        plan: z.string().min(1).max(80).describe('Name of the plan or product as its page has it, at most 5 words'),
        amount: z.number().min(0).max(10_000_000).describe('In main units of the currency; 0 when it is free'),
        currency: z.enum(CURRENCIES).describe('As published, not converted'),
        per: z.enum(PRICE_BASES).describe(PRICE_BASES_EXPLAINED),
        source: address.describe('Address of the page in `sources` that states this price'),
      }),
    )
    .max(8)
    .describe('Between 1 and 4 items, at most 8 items; empty when no page states a price'),
  sources: z
    .array(
      z.object({
        url: address,
        title: z.string().min(1).max(200).describe('Title of the page, at most 12 words'),
      }),
    )
    .max(12)
    .describe('Pages that were really found, at most 12 items; empty when none was'),
});

/** One section of a planned report. */
export const reportSectionSchema = z.object({
  id: z.string().min(1).max(60).describe('Short name in small letters and hyphens, unique in the outline, at most 40 characters'),
  heading: z.string().trim().min(1).max(120).describe('Section heading, at most 8 words, unique in the outline'),
  purpose: z.string().trim().min(1).max(300).describe('What the reader can decide after it, at most 20 words'),
  competitorIds: z.array(z.string().min(1)).max(20).describe('Ids of the competitors it is about, at most 20 items'),
  factIds: z.array(z.string().min(1)).max(16).describe('Ids of the facts that it needs, between 3 and 12 items'),
});

export const reportOutlineSchema = z.object({
  title: z.string().trim().min(5).max(120).describe('Title of the report, at most 80 characters'),
  sections: z.array(reportSectionSchema).max(60).describe('Between 1 and 60 items, in reading order'),
});

/** A claim with the numbers of its sources in square brackets behind it. */
export const citedFactSchema = z.object({ claim: z.string().min(1) });

/** Its length follows from the words asked for. */
export const bodyField = z.string().trim().min(40).max(40_000);
