/** A fault that was planted into a text: who must object, and to which words. */
export type PlantedFault = readonly [check: 'figure' | 'attribute' | 'fairHousing' | 'filler' | 'echo', phrase: string];

/** A property or a product with texts about it: good ones, and ones with faults. */
export interface PlantedSubject {
  readonly facts: Readonly<Record<string, string | number | boolean | string[]>>;
  readonly names?: readonly string[];
  readonly clean: readonly string[];
  readonly bad: ReadonlyArray<{ readonly text: string; readonly faults: readonly PlantedFault[] }>;
}
