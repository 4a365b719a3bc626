import { claimCheck } from '../../../../../activities/tools/checks/claim-check';
import { fairHousingCheck } from '../../../../../activities/tools/checks/fair-housing-check';
import type { ToolContext } from '../../../../../activities/tools/define-tool';
import type { Finding } from '../../../../../common/finding';
import type { PlantedFault, PlantedSubject } from './subject';

const context = {} as ToolContext; // both tools are pure

/** What both tools object to in a text; a product is no housing. */
export async function findingsIn(text: string, { facts, names }: PlantedSubject, housing: boolean): Promise<Finding[]> {
  const texts = [{ place: 'text', text }];
  const claims = claimCheck.input.parse({
    texts,
    facts: Object.entries(facts).map(([field, value]) => ({ field, value })),
    ...(names ? { names } : {}),
  });
  const { findings } = claimCheck.output.parse(await claimCheck.run(claims, context));
  if (!housing) return findings;
  const fair = await fairHousingCheck.run(fairHousingCheck.input.parse({ texts }), context);
  return [...findings, ...fairHousingCheck.output.parse(fair).findings];
}

/** A planted fault is found when a finding of its check overlaps its words. */
export function isFound(text: string, [check, phrase]: PlantedFault, findings: readonly Finding[]): boolean {
  const at = text.toLowerCase().indexOf(phrase.toLowerCase());
  if (at < 0) throw new Error(`The text has no "${phrase}"`);
  return findings.some((finding) => finding.check === check && finding.at < at + phrase.length && at < finding.at + finding.phrase.length);
}
