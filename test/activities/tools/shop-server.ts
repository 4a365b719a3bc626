import type { IncomingHttpHeaders } from 'node:http';

import { startDataServer } from './data-server';

/** A request as it arrived. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

/** `silent` never answers; `text` is sent as it is. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
  readonly silent?: boolean;
}

export interface ShopServer {
  readonly url: string;
  readonly host: string;
  /** All requests so far. */
  readonly asked: Asked[];
  answer: (request: Asked) => Reply;
  readonly close: () => Promise<void>;
}

/** A data server whose requests are read and whose replies are written as shops do it. */
export async function startShopServer(): Promise<ShopServer> {
  const asked: Asked[] = [];
  const { url, host, close } = await startDataServer(({ method, url: { pathname, searchParams }, headers, body }, response) => {
    const request: Asked = { method, path: pathname, query: searchParams, headers, body: body === '' ? undefined : JSON.parse(body) };
    asked.push(request);
    const reply = shop.answer(request);
    if (reply.silent === true) return;
    response.writeHead(reply.status ?? 200, { 'content-type': 'application/json; charset=utf-8', ...reply.headers });
    response.end(reply.text ?? JSON.stringify(reply.json));
  });
  const shop: ShopServer = { url, host, asked, answer: () => ({ status: 404, json: {} }), close };
  return shop;
}

/** A product as a storefront's feed has it, with all that this project does not use. */
export function feedProduct(id: number, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id,
    title: `Kettle ${id}`,
    handle: `kettle-${id}`,
    body_html: '<p>Boils water.</p>',
    published_at: '2026-03-02T10:00:00-05:00',
    created_at: '2026-03-01T10:00:00-05:00',
    updated_at: '2026-10-02T10:00:00-05:00',
    vendor: 'Acme',
    product_type: 'Kettles',
    tags: ['kitchen', 'tea'],
    variants: [feedVariant({ id: id * 10, product_id: id })],
    images: [{ id: id * 100, src: 'https://cdn.example/kettle.jpg', width: 800, height: 800, variant_ids: [] }],
    options: [{ name: 'Title', position: 1, values: ['Default Title'] }],
    ...more,
  };
}

export function feedVariant(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id: 1,
    title: 'Default Title',
    option1: 'Default Title',
    option2: null,
    option3: null,
    sku: 'K-1',
    requires_shipping: true,
    taxable: true,
    featured_image: null,
    available: true,
    price: '49.00',
    grams: 900,
    compare_at_price: null,
    position: 1,
    created_at: '2026-03-01T10:00:00-05:00',
    updated_at: '2026-10-02T10:00:00-05:00',
    ...more,
  };
}

/** A product as Shopify's Admin API returns it for the query of this project. */
export function adminProduct(id: number, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id: `gid://shopify/Product/${id}`,
    title: `Kettle ${id}`,
    description: 'Boils water.',
    vendor: 'Acme',
    productType: 'Kettles',
    tags: ['kitchen'],
    onlineStoreUrl: `https://own.example/products/kettle-${id}`,
    options: [{ name: 'Color', values: ['Black', 'Steel'] }],
    priceRangeV2: { minVariantPrice: { amount: '49.0' } },
    variants: { pageInfo: { hasNextPage: false }, nodes: [{ price: '49.00', compareAtPrice: null, availableForSale: true }] },
    ...more,
  };
}

const COST = {
  requestedQueryCost: 72,
  actualQueryCost: 40,
  throttleStatus: { maximumAvailable: 2_000, currentlyAvailable: 1_928, restoreRate: 100 },
};

/** A page of products in the envelope of Shopify's Admin API. */
export function adminPage(nodes: readonly unknown[], next?: string): Reply {
  const pageInfo = { hasNextPage: next !== undefined, endCursor: next ?? null };
  return { json: { data: { shop: { currencyCode: 'USD' }, products: { pageInfo, nodes } }, extensions: { cost: COST } } };
}
