/** Blots out what must not leave the process in a message, a log line or a failure. */
export type Redact = (text: string) => string;

const LOOKS_LIKE_A_KEY = /\b(sk-|Bearer\s+)[A-Za-z0-9_-]{6,}/g;
/** A shorter "key" is a stand-in such as `simulated`, and a word that messages need. */
const SHORTEST_SECRET = 12;

/**
 * Makes the one redactor of a process: it knows the key itself and the look of keys in general.
 * @param key Every part between white space counts by itself, for an error may quote it with other white space.
 */
export function createRedact(key: string): Redact {
  const secrets = key.split(/\s+/).filter((part) => part.length >= SHORTEST_SECRET);
  return (text) => secrets.reduce((so, secret) => so.replaceAll(secret, '***'), text).replaceAll(LOOKS_LIKE_A_KEY, '$1***');
}
