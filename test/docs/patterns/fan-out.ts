import { fanOut } from '../../../workflows/patterns/fan-out';

export async function research(angles: readonly string[], researcher: (angle: string) => Promise<string>) {
  const missing: string[] = [];
  const { outputs } = await fanOut(angles, researcher, {
    atLeast: 2,
    concurrency: 4,
    onFailed: (angle) => missing.push(angle),
  });
  return { findings: outputs, missing };
}
