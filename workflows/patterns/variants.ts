/** One of several tries at the same task. Current models take no temperature: variety comes from the wording and from asking again. */
export interface Variant {
  /** Place among all tries, from 0. */
  readonly index: number;
  /** Wording that sets this try apart. */
  readonly instruction: string;
  /** How many earlier tries had the same wording: the `sample` of the agent's call. */
  readonly sample: number;
}

/**
 * `count` tries that take turns with the instructions; tries that share one differ in their sample number.
 * @throws RangeError without an instruction or when `count` is no whole number from 1
 */
export function variantsOf(instructions: readonly string[], count: number = instructions.length): Variant[] {
  if (instructions.length === 0) throw new RangeError('Cannot vary the task: no instruction is given; give at least one');
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`Cannot vary the task: 'count' must be a whole number from 1; current value is ${count}`);
  }
  return Array.from({ length: count }, (_, index) => ({
    index,
    instruction: instructions[index % instructions.length] as string, // within bounds by the remainder
    sample: Math.floor(index / instructions.length),
  }));
}
