/** A text of a result, under the name that findings give its place by. */
export interface PlacedText {
  /** Path of the text in the result: `mlsDescription`, `captions[1].text`. */
  readonly place: string;
  readonly text: string;
}

/** Something in a text that a check objects to. */
export interface Finding {
  /** Who objects: `fairHousing`, `figure`, `attribute`, `limit`, `filler`, `echo`, or the name of an agent. */
  readonly check: string;
  /** The words objected to, exactly as they stand in the text; empty when the text as a whole is meant. */
  readonly phrase: string;
  /** The rule that it breaks, in words, with its source when it has one. */
  readonly rule: string;
  /** The `place` of the text. */
  readonly place: string;
  /** Where the phrase begins in the text, in characters. */
  readonly at: number;
}
