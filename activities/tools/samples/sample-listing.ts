/** A product of an invented shop, with what invented customers say of it. */
export interface SampleListing {
  readonly shop: string;
  readonly title: string;
  readonly price: number;
  readonly compareAtPrice?: number;
  readonly description: string;
  readonly inStock: boolean;
  readonly options: readonly string[];
  readonly tags: readonly string[];
  /** Rating, title, text. */
  readonly reviews: ReadonlyArray<readonly [rating: number, title: string, text: string]>;
}

/** Products of one kind. */
export interface SampleCategory {
  /** Of the ids: `sample-kettle-1`. */
  readonly key: string;
  readonly type: string;
  readonly listings: readonly SampleListing[];
}

/** The invented shops and where they would be: addresses that can never exist. */
export const SAMPLE_SHOPS = {
  'Harbor Home': 'https://harbor-home.example',
  'Pinewood Goods': 'https://pinewood-goods.example',
  'Blue Finch Supply': 'https://blue-finch-supply.example',
  'Copper & Oak': 'https://copper-and-oak.example',
  'Northlight Store': 'https://northlight-store.example',
} as const satisfies Record<string, string>;
