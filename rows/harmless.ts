/**
 * Spreadsheets run a text that begins so as a formula, and what a model writes may come from a web page. An apostrophe makes it
 * text again.
 */
export const harmless = (text: string): string =>
  /^[=+\-@\t\r\n\0＝＋－＠]/.test(text) && !/^[-+]?\d+(?:\.\d+)?$/.test(text) ? `'${text}` : text;
