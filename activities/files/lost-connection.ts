import { types } from 'node:util';

/** Of Node, OpenSSL and undici; anything else speaks for itself, or is none of the connection. */
const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers there',
  ENOTFOUND: 'nobody knows its host',
  EAI_AGAIN: 'its host cannot be looked up now',
  EHOSTUNREACH: 'there is no way to its host',
  ENETUNREACH: 'there is no way to its host',
  ECONNRESET: 'the connection broke',
  EPIPE: 'the connection broke',
  UND_ERR_SOCKET: 'the connection broke',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the connection broke',
  ETIMEDOUT: 'it does not answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'it does not answer in time',
  UND_ERR_HEADERS_TIMEOUT: 'it does not answer in time',
  UND_ERR_BODY_TIMEOUT: 'it fell silent',
  EPROTO: 'it does not speak https',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak https',
};

/** A lost connection in words for the one who gave the address; any other error is returned as it is. */
export function inWords(error: unknown): unknown {
  for (let at = error; types.isNativeError(at); at = at.cause) {
    const { code = '' } = at as NodeJS.ErrnoException;
    const words = WORDS[code] ?? (/CERT|TLS|VERIFY/.test(code) ? `its certificate is not accepted (${at.message})` : undefined);
    if (words !== undefined) return new Error(`it cannot be fetched: ${words}`, { cause: error });
  }
  return error;
}
