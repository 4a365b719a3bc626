import type { Audit } from '../helpers/audit-run';
import type { Violation } from './report';
export async function runStack(_o: { seed: number; log: (line: string) => void }): Promise<{ articles: number; completed: number; trouble: string; degraded: readonly string[]; audits: readonly Audit[]; violations: readonly Violation[] }> {
  return Promise.resolve({ articles: 0, completed: 0, trouble: '', degraded: [], audits: [], violations: [] });
}
