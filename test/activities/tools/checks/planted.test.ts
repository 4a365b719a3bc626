import { captions } from './planted/captions';
import { findingsIn, isFound } from './planted/check-subject';
import { fifthListings } from './planted/fifth-listings';
import { fifthProducts } from './planted/fifth-products';
import { fourthListings } from './planted/fourth-listings';
import { fourthProducts } from './planted/fourth-products';
import { heldOutListings } from './planted/held-out-listings';
import { heldOutProducts } from './planted/held-out-products';
import { listings } from './planted/listings';
import { moreListings } from './planted/more-listings';
import { moreProducts } from './planted/more-products';
import { products } from './planted/products';
import { shopPages } from './planted/shop-pages';
import type { PlantedSubject } from './planted/subject';
import { thirdListings } from './planted/third-listings';
import { thirdProducts } from './planted/third-products';

interface Case {
  readonly subject: PlantedSubject;
  readonly housing: boolean;
}
const casesOf = (subjects: readonly PlantedSubject[], housing: boolean) => subjects.map((subject): Case => ({ subject, housing }));
const badOf = (cases: readonly Case[]) =>
  cases.flatMap(({ subject, housing }) => subject.bad.map((each) => ({ subject, housing, ...each })));
const cleanOf = (cases: readonly Case[]) =>
  cases.flatMap(({ subject, housing }) => subject.clean.map((text) => ({ subject, housing, text })));

const written = [...casesOf([...listings, ...moreListings], true), ...casesOf([...products, ...moreProducts], false)];
const heldOut = [
  ...casesOf([...heldOutListings, ...captions, ...thirdListings, ...fourthListings, ...fifthListings], true),
  ...casesOf([...heldOutProducts, ...shopPages, ...thirdProducts, ...fourthProducts, ...fifthProducts], false),
];

describe('claimCheck and fairHousingCheck', () => {
  it('are measured with forty texts of each sort, and as many that were written later', () => {
    expect([badOf(written).length, cleanOf(written).length]).toEqual([40, 40]);
    expect([badOf(heldOut).length, cleanOf(heldOut).length]).toEqual([62, 68]);
  });

  it.each([...badOf(written), ...badOf(heldOut)])('find every planted fault in "$text"', async ({ subject, housing, text, faults }) => {
    const findings = await findingsIn(text, subject, housing);
    expect(faults.filter((fault) => !isFound(text, fault, findings))).toEqual([]);
  });

  it.each([
    ['two', 'forty', 2, written],
    ['four', 'sixty-eight later', 4, heldOut],
  ])('raise at most %s false alarms on %s good texts', async (_, _texts, most, cases) => {
    const findings = await Promise.all(cleanOf(cases).map(({ subject, housing, text }) => findingsIn(text, subject, housing)));
    expect(findings.filter((found) => found.length > 0).length).toBeLessThanOrEqual(most);
  });
});
