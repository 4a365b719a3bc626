import { err, say } from './output';

/** Says that Claude is the simulator, so that nobody takes its text for real. Returns whether it was said. */
export function sayIfSimulated(simulated: boolean | undefined): boolean {
  if (simulated !== true) return false;
  say(err.colors.yellow('Simulated Claude: no API key is set. Answers are made up, nothing is charged.'));
  return true;
}
