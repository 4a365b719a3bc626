import { z } from 'zod';

import { currencyCode } from '../property-schema';
import { OPTIONAL_RESO_FIELDS } from '../../../common/reso-fields';
import { confidentialAddress } from './service-address';

const text = z.string().trim().min(1);

const clientCredentials = z.strictObject({
  tokenUrl: confidentialAddress,
  clientId: text,
  clientSecret: text,
  scope: text.optional(),
  /** How the token endpoint wants id and secret: as fields of the form or as an `Authorization: Basic` header. */
  sendAs: z.enum(['form', 'basic']).default('form'),
});

const fields = {
  connector: z.literal('resoWebApi'),
  /** What resource names are appended to, like `https://api.example.com/reso/odata`. */
  baseUrl: confidentialAddress,
  /** A bearer token that does not expire. */
  token: text.optional(),
  /** Gets and renews a bearer token. */
  client: clientCredentials.optional(),
  /** `PropertyType` to look among: closed leases and land are no comparable sales of a house. */
  propertyType: text.default('Residential'),
  /** Further OData condition, put in brackets: `OriginatingSystemName eq 'example'`. */
  filter: text.max(1_000).optional(),
  /** Fields that this server does not know: servers refuse a question that names one. */
  omit: z.array(z.enum(OPTIONAL_RESO_FIELDS)).default([]),
  currency: currencyCode.default('USD'),
  /** Who supplies the data, as results say it; the host without it. */
  source: text.max(200).optional(),
  timeoutMs: z.number().int().min(100).max(25_000).default(10_000),
};

/** Section of the tools file for a server of the RESO Web API. */
export const resoSchema = z
  .strictObject(fields)
  .refine(({ token, client }) => (token === undefined) !== (client === undefined), { error: 'must have either "token" or "client"' });

export type ResoConfig = z.output<typeof resoSchema>;
