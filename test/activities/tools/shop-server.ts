import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

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

/** A real HTTP server that answers as a test says. */
export async function startShopServer(): Promise<ShopServer> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://shop');
      const sent = Buffer.concat(chunks).toString();
      const seen: Asked = {
        method: request.method ?? '',
        path: pathname,
        query: searchParams,
        headers: request.headers,
        body: sent === '' ? undefined : JSON.parse(sent),
      };
      asked.push(seen);
      const { status = 200, headers = {}, json, text, silent } = shop.answer(seen);
      if (silent === true) return;
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
      response.end(text ?? JSON.stringify(json));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const shop: ShopServer = {
    url: `http://${host}`,
    host,
    asked,
    answer: () => ({ status: 404, json: {} }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
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
