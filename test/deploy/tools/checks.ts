import { missingForGo } from './go-tools';
import { missingForPython } from './python-tools';

/** First use on a machine installs them. */
export const INSTALL_LIMIT_MS = 600_000;

/**
 * `describe` where the tools can be had. Elsewhere the tests are skipped and say what is missing, but not in CI: there, what is not
 * checked must not look as if it were.
 */
export function describeWithTools(title: string, needs: readonly ('python' | 'go')[], body: () => void): void {
  const missing = needs.flatMap((need) => (need === 'go' ? missingForGo() : missingForPython()) ?? []);
  if (missing.length === 0) describe(title, body);
  else if (process.env['CI']) test(title, () => expect(`${missing.join(' and ')} missing: install it`).toBe('all tools there'));
  else describe.skip(`${title} (skipped: this machine lacks ${missing.join(' and ')})`, body);
}
