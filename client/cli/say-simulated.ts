import { err, say } from './output';

/** Says that Claude is the simulator, so that nobody takes its text for real. Returns whether it was said. */
export function sayIfSimulated(simulated: boolean | undefined, env: NodeJS.ProcessEnv = process.env): boolean {
  if (simulated !== true) return false;
  say(err.colors.yellow(simulatedLine(env)));
  return true;
}

/** Why it is simulated is only said where it is known: somebody else's worker may have its own reasons. */
export function simulatedLine(env: Readonly<Record<string, string | undefined>>): string {
  const noKey = !env['ANTHROPIC_API_KEY'] && !env['ANTHROPIC_BASE_URL'] && !env['TEMPORAL_ADDRESS'];
  return `Simulated Claude: ${noKey ? 'no API key is set. Answers' : 'answers'} are made up, nothing is charged.`;
}

/** Says that answers cost money although the command's own environment has no key: the local stack has one. */
export function sayIfStackPays(simulated: boolean | undefined, env: NodeJS.ProcessEnv = process.env): boolean {
  if (simulated !== false || env['ANTHROPIC_API_KEY'] || env['ANTHROPIC_BASE_URL']) return false;
  say(err.colors.yellow('Real Claude: no API key is set here, but the local stack was started with one. Answers are charged to it.'));
  return true;
}

/** Stands at the beginning of every simulated text for people: a file outlives the screen that said so. */
const SIMULATED_MARK = '> **Simulated: made up by the simulator of Troupe, not written by Claude.**';

/** A result as Markdown, with a first line that says so when it is simulated. */
export const markSimulated = (markdown: string, simulated: boolean | null): string =>
  simulated === true ? `${SIMULATED_MARK}\n\n${markdown}` : markdown;
