/**
 * A reference stands in a string for a text that is kept in the store. Workflow code hands it on like any text, also as a part
 * of a longer one; activities put the text back before they look at it.
 */
const MARK = '<<troupe: ';
const REFERENCE = /<<troupe: \d+ characters at (blobs\/[0-9a-f]{2}\/[0-9a-f]{64})>>/g;

/** @param key Store key of the text, as JSON. */
export function referenceTo(key: string, characters: number): string {
  return `${MARK}${characters} characters at ${key}>>`;
}

/** Whether a text holds a reference, or something that could be taken for one. */
export function mayRefer(text: string): boolean {
  return text.includes(MARK);
}

/** Store keys that the references in a text name, in their order. */
export function referencesIn(text: string): string[] {
  return [...text.matchAll(REFERENCE)].map(([, key = '']) => key);
}

/** Puts texts in the place of their references, once: what they hold themselves is text. */
export function replaceReferences(text: string, textOf: (key: string) => string): string {
  return text.replaceAll(REFERENCE, (_reference, key: string) => textOf(key));
}
