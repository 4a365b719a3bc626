import { findingsIn, isFound } from './planted/check-subject';
import { listings } from './planted/listings';
import { products } from './planted/products';

const subjects = [...listings.map((subject) => ({ subject, housing: true })), ...products.map((subject) => ({ subject, housing: false }))];
const bad = subjects.flatMap(({ subject, housing }) => subject.bad.map(({ text, faults }) => ({ subject, housing, text, faults })));
const clean = subjects.flatMap(({ subject, housing }) => subject.clean.map((text) => ({ subject, housing, text })));

describe('claimCheck and fairHousingCheck', () => {
  it('are measured with forty texts of each sort', () => {
    expect([bad.length, clean.length]).toEqual([40, 40]);
  });

  it.each(bad)('find every planted fault in "$text"', async ({ subject, housing, text, faults }) => {
    const findings = await findingsIn(text, subject, housing);
    expect(faults.filter((fault) => !isFound(text, fault, findings))).toEqual([]);
  });

  it('raise at most two false alarms on forty good texts', async () => {
    const findings = await Promise.all(clean.map(({ subject, housing, text }) => findingsIn(text, subject, housing)));
    expect(findings.filter((found) => found.length > 0).length).toBeLessThanOrEqual(2);
  });
});
