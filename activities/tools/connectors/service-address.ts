import { z } from 'zod';

import { secretsIn } from '../secret-fields';

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether nobody on the way can read what is sent to an address; of what is no address nothing is said. */
function isConfidential(address: string): boolean {
  if (!URL.canParse(address)) return true;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || LOOPBACK.has(hostname);
}

/** Whether what a section sends to its address holds no key, or nobody on the way can read it. */
export const keepsSecrets = (section: { readonly url: string }): boolean => isConfidential(section.url) || secretsIn(section).length === 0;

/** In words, for an address that a key is sent to. */
export const MUST_BE_HTTPS = 'must be an https address, for a key is sent to it';

/** Of a service, without a key in it: messages and results show it. */
export const serviceAddress = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .refine((address) => !/[?#@]/.test(address), { error: 'must be an address without user, query and fragment' });

/** Of a service that a key is sent to. */
export const confidentialAddress = serviceAddress.refine(isConfidential, { error: MUST_BE_HTTPS });
