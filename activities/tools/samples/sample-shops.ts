import { createHash } from 'node:crypto';

import { rankByWords, searchWords } from '../connectors/relevance';
import type { ShopListing, ShopReview } from '../shop-schema';
import { SAMPLE_SHOPS, type SampleCategory, type SampleListing } from './sample-listing';
import { SAMPLE_KITCHEN } from './shop-kitchen';
import { SAMPLE_ROOMS } from './shop-rooms';
import { SAMPLE_TRAVEL } from './shop-travel';
import { STAND_IN_REVIEWS } from './stand-in-reviews';

type ShopName = keyof typeof SAMPLE_SHOPS;
interface Sample extends SampleListing {
  readonly id: string;
  readonly type: string;
}

const SHOP_NAMES = Object.keys(SAMPLE_SHOPS) as ShopName[]; // the keys of the constant above
const SAMPLES: readonly Sample[] = [...SAMPLE_KITCHEN, ...SAMPLE_TRAVEL, ...SAMPLE_ROOMS].flatMap(samplesOf);

export const SAMPLE_CURRENCY = 'USD';

export interface SampleQuery {
  readonly query: string;
  /** One that is not among the invented shops gets one of these to stand for it, always the same. */
  readonly shop?: string | undefined;
}

/** Invented products for a query, the same in every call. A query that none of them fits gets products named after it. */
export function sampleListings({ query, shop }: SampleQuery): ShopListing[] {
  return samplesFor({ query, shop }).map(listingOf);
}

/** Invented reviews of invented products: of the ids asked for, or of what the query finds. Other ids have none. */
export function sampleReviews(query: string, listingIds?: readonly string[]): ShopReview[] {
  const samples = samplesFor({ query });
  if (listingIds === undefined) return samples.flatMap(reviewsOf);
  return [...new Set(listingIds)].flatMap((id) => {
    const known = SAMPLES.find((sample) => sample.id === id);
    if (known !== undefined) return reviewsOf(known);
    return id.startsWith(STAND_IN) ? reviewsOf({ id, reviews: standInReviews(id) }) : [];
  });
}

function samplesFor({ query, shop }: SampleQuery): Sample[] {
  const only = shop === undefined ? undefined : sampleShop(shop);
  const facts = ({ title, type, tags, shop: vendor }: Sample) => ({ title, type, tags, vendor });
  const fitting = searchWords(query).length === 0 ? [] : rankByWords(query, SAMPLES, facts);
  const found = fitting.length > 0 ? fitting : SHOP_NAMES.map((name) => standIn(query, name));
  const here = found.filter((sample) => only === undefined || sample.shop === only);
  return here.length > 0 || only === undefined ? here : [standIn(query, only)];
}

function sampleShop(name: string): ShopName {
  const wanted = name.trim().toLowerCase();
  const chosen = SHOP_NAMES.find((known) => known.toLowerCase() === wanted) ?? SHOP_NAMES[numberFrom(wanted) % SHOP_NAMES.length];
  return chosen ?? 'Harbor Home';
}

const STAND_IN = 'sample-item-';
const LINES: Readonly<Record<ShopName, string>> = {
  'Harbor Home': 'Tidewater',
  'Pinewood Goods': 'Grove',
  'Blue Finch Supply': 'Finch',
  'Copper & Oak': 'Heritage',
  'Northlight Store': 'Aurora',
};
/** Parts of the first shop's price, in percent. */
const PRICE_LEVELS: Readonly<Record<ShopName, number>> = {
  'Harbor Home': 100,
  'Pinewood Goods': 118,
  'Blue Finch Supply': 62,
  'Copper & Oak': 187,
  'Northlight Store': 131,
};

/** A product that the samples do not have, named after the query: something to compare with, invented like the rest. */
function standIn(query: string, shop: ShopName): Sample {
  const words = query.match(/[\p{L}\p{M}\p{N}]+/gu)?.slice(0, 5) ?? ['item'];
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
  const key = words.join('-').toLowerCase();
  const id = `${STAND_IN}${key}-${SHOP_NAMES.indexOf(shop) + 1}`;
  const dollars = Math.round(((20 + (numberFrom(key) % 130)) * PRICE_LEVELS[shop]) / 100);
  return {
    id,
    shop,
    type: name,
    title: `${LINES[shop]} ${name}`,
    price: dollars,
    description: `${name} of the ${LINES[shop]} line. An invented product that stands for one of a real shop.`,
    inStock: numberFrom(id) % 5 !== 0,
    options: [],
    tags: [],
    reviews: standInReviews(id),
  };
}

function standInReviews(id: string): SampleListing['reviews'] {
  const first = numberFrom(id) % STAND_IN_REVIEWS.length;
  return [...STAND_IN_REVIEWS.slice(first), ...STAND_IN_REVIEWS].slice(0, 3);
}

function samplesOf({ key, type, listings }: SampleCategory): Sample[] {
  return listings.map((listing, index) => ({ ...listing, id: `sample-${key}-${index + 1}`, type }));
}

function listingOf({ id, shop, title, price, compareAtPrice, description, inStock, options }: Sample): ShopListing {
  return {
    id,
    shop,
    title,
    price,
    ...(compareAtPrice !== undefined && { compareAtPrice }),
    description,
    vendor: shop,
    url: `${SAMPLE_SHOPS[shop as ShopName]}/products/${id}`, // samples name no other shop; a test goes through all of them
    inStock,
    ...(options.length > 0 && { options: [...options] }),
  };
}

const DAY_MS = 24 * 60 * 60_000;
const NEWEST_REVIEW_MS = Date.UTC(2026, 9, 31);

function reviewsOf({ id, reviews }: Pick<Sample, 'id' | 'reviews'>): ShopReview[] {
  return reviews.map(([rating, title, text], index) => {
    const daysAgo = (numberFrom(id) % 60) + index * 45;
    const date = new Date(NEWEST_REVIEW_MS - daysAgo * DAY_MS).toISOString().slice(0, 10);
    return { listingId: id, rating, title, text, date };
  });
}

/** A number that is the same for the same text in every release. */
function numberFrom(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0);
}
