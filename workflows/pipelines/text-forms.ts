/** A text without line breaks and without spaces at its ends. */
export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** A text that begins with a capital letter. */
export const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
