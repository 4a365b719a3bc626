import { z } from 'zod';

/** Line ends, tabs and other controls: a value of a record is one line, whatever its author meant by more. */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/**
 * A text of a service as a tool returns it: one line, without its ends' blanks, cut to `max` characters. Others wrote it, so it is never
 * refused for its length: the rest of the record is of use, and data is not allowed to become a page of instructions.
 */
export const boundedText = (max: number): z.ZodString => z.string().overwrite((text) => oneLine(text, max));

/** The same for texts that may have paragraphs. */
export const boundedParagraphs = (max: number): z.ZodString => z.string().overwrite((text) => cut(text.trim(), max));

function oneLine(text: string, max: number): string {
  return cut(text.replaceAll(CONTROLS, ' ').trim(), max);
}

function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  // Half a character is no character.
  const end = /[\uD800-\uDBFF]$/.test(text.slice(0, max - 1)) ? max - 2 : max - 1;
  return `${text.slice(0, end).trimEnd()}…`;
}
