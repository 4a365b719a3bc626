import fc from 'fast-check';

import { fairHousingCheck } from '../../../../activities/tools/checks/fair-housing-check';
import type { ToolContext } from '../../../../activities/tools/define-tool';

const context = {} as ToolContext; // the tool is pure

async function check(text: string) {
  const output = await fairHousingCheck.run(fairHousingCheck.input.parse({ texts: [{ place: 'mls', text }] }), context);
  return fairHousingCheck.output.parse(output);
}
const severities = async (text: string) => (await check(text)).findings.map(({ severity }) => severity);

describe('fairHousingCheck', () => {
  it.each([
    'No children, please',
    'Adults only',
    'Mature couple preferred',
    'Perfect for young families',
    'Ideal for singles',
    'Great for empty nesters',
    'Perfect home for a growing family',
    'No kids under 12',
    'Christian home',
    'Great Catholic neighborhood',
    'Jewish community',
    'No Muslims',
    'White only',
    'A white neighborhood',
    'Predominantly Hispanic area',
    'No Mexicans',
    'Asian tenants preferred',
    'English only',
    'English-speaking tenants',
    'Able-bodied tenants only',
    'No wheelchairs',
    'Not suitable for the handicapped',
    'Must be able to climb stairs',
    'No Section 8',
    'Section 8 not accepted',
    'No housing vouchers',
    'Must be employed',
    'Married couples only',
    'No unmarried couples',
    'No gays',
    'Female roommate wanted',
    'Males only',
    'No emotional support animals',
    'No service dogs',
    'US citizens only',
    'No immigrants',
    'No veterans',
    'No students',
    'Singles only',
    'Family-oriented neighborhood',
    'Your family will love it',
    'A wonderful place to raise a family',
    'No pets, no children, no smoking',
    'No pets or children',
    'Two adults maximum, no kids',
    'Straight couples only',
    'No mentally ill tenants',
    'Couples preferred',
    'Children must be over 12',
    'No more than two children',
    'Must climb stairs unaided',
    'No rental assistance accepted',
    'Housing for Christians',
    'Families welcome',
  ])('finds "%s" prohibited', async (text) => {
    expect(await severities(text)).toContain('prohibited');
  });

  it.each([
    'A safe neighborhood',
    'Low crime area',
    'Good schools nearby',
    'Top-rated school district',
    'Within walking distance of the park',
    'The master bedroom has a bath',
    'Exclusive community',
    'An integrated neighborhood',
    '55+ living',
    'An active adult community',
    'Bachelor pad',
    'Near the synagogue',
    "Close to St. Mary's Church",
    'Two blocks from the mosque',
    'Section 8 welcome',
    'Private community',
    'A diverse neighborhood',
    'Friendly neighbors',
    'A safe, quiet street',
    'Traditional values',
    'Near a Hindu temple',
    'Your family has arrived',
  ])('finds "%s" risky', async (text) => {
    expect(await severities(text)).toEqual(['risky']);
  });

  it.each([
    'The family room opens to the deck',
    'Single-family home with white cabinets',
    'A two-family house',
    'No smoking. Walk-in closet and great view on a quiet street',
    'On Church Street, two doors from Temple Road',
    '309 Indian Creek Road',
    'Mother-in-law suite with its own entrance',
    'Wheelchair ramp and handicap accessible bathroom',
    'Wheelchair-accessible entrance, grab bars and roll-in shower',
    'Black granite counters, white trim and a white oak floor',
    'All-white kitchen with black appliances',
    'Pets welcome. No pets over 40 lb. No smoking',
    'Spanish-style stucco with English ivy',
    'Italian marble and a German range',
    'Jogging trails and a bus stop at the corner',
    'Desirable location, 0.4 miles from the station',
    'Fourth-floor walk-up, no bicycles in the hall',
    'Kosher kitchen with two sinks',
    'Exclusive listing, shown by appointment',
    'Secure building with bike storage',
    'No HOA. No carpet. No stairs',
    'The lot is 0.8 acres in a school district with 12 schools',
    'French doors, Dutch door, Roman tub and Persian rugs',
    "Christian Street and St. Mary's Street",
    'Great for entertaining guests in the family-size kitchen',
    'A safe room and a quiet building with walking trails',
    'A white picket fence and a black front door',
    'Minutes from downtown; steps to the lake',
    'Young fruit trees and a mature oak',
    'Rare find! Cozy two bedroom with great potential',
    'Multi-family zoning; rents for both units are current',
    'Professional landscaping and a commercial range',
    'Adult-height counters and a single sink',
    'Senior Street and Bishop Lane meet here',
    'The assumable VA loan is at 3 percent',
    'Primary suite, home office and bonus room',
    'Built in 1955, updated in 2020',
    'Stone fireplace with white mantel, single owner since 1990',
    'Tenants pay electricity; no security deposit',
    'American Craftsman bungalow with Mission details',
  ])('has nothing against "%s"', async (text) => {
    expect((await check(text)).findings).toEqual([]);
  });

  it.each([
    ['NO CHILDREN', 'NO CHILDREN'],
    ['no-children', 'no-children'],
    ['no\nchildren', 'no\nchildren'],
    ['no   chil-\n  dren', 'no   chil-\n  dren'],
    ['n o  c h i l d r e n', 'n o  c h i l d r e n'],
    ['n.o k.i.d.s', 'n.o k.i.d.s'],
    ['no chil\u00addren', 'no chil\u00addren'],
    ['no ch\u200bildren', 'no ch\u200bildren'],
    ['nо сhildrеn', 'nо сhildrеn'],
    ['ｎｏ ｃｈｉｌｄｒｅｎ', 'ｎｏ ｃｈｉｌｄｒｅｎ'],
    ['𝐧𝐨 𝐜𝐡𝐢𝐥𝐝𝐫𝐞𝐧', '𝐧𝐨 𝐜𝐡𝐢𝐥𝐝𝐫𝐞𝐧'],
    ['“No children”', 'No children'],
    ['no ch1ldren', 'no ch1ldren'],
    ['nó chíldren', 'nó chíldren'],
    ['#NoChildren', 'NoChildren'],
    ['#nochildren', 'nochildren'],
  ])('reads through the disguise of %j', async (text, phrase) => {
    for (const before of ['', 'A fine 👨‍👩‍👧 house. ', 'Crème brûlée — ']) {
      const { findings } = await check(`${before}${text} here`);
      expect(findings.map((found) => found.phrase)).toEqual([phrase]);
      expect(findings[0]).toMatchObject({
        check: 'fairHousing',
        place: 'mls',
        severity: 'prohibited',
        at: before.length + text.indexOf(phrase),
      });
    }
  });

  it('cites the rule with its source and better words', async () => {
    const { findings, listVersion } = await check('The master bedroom is large.');
    expect(findings).toEqual([
      {
        check: 'fairHousing',
        phrase: 'master bedroom',
        rule: expect.stringMatching(/HUD memorandum of 9 January 1995/) as string,
        place: 'mls',
        at: 4,
        severity: 'risky',
        instead: '"primary" instead of "master"',
      },
    ]);
    expect(listVersion).toMatch(/^\d{4}-\d{2}-\d{2}-[0-9a-f]{12}$/);
  });

  it('gives places of the text as it was handed over, whatever surrounds the phrase', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        async (before, after) => {
          const text = `${before}. Adults only! ${after}`;
          const { findings } = await check(text);
          for (const { at, phrase } of findings) expect(text.slice(at, at + phrase.length)).toBe(phrase);
          expect(findings.map(({ phrase }) => phrase)).toContain('Adults only');
        },
      ),
    );
  });

  it.each([
    ['one word', 'no '.repeat(33_000)],
    ['nothing but findings', 'No kids. Adults only! '.repeat(5_000)],
    ['letters', 'n o c h i '.repeat(10_000)],
    ['a word without end', 'perfectfor'.repeat(10_000)],
    ['beginnings of patterns', 'perfect for a great ideal for the '.repeat(2_900)],
    ['line ends', '-\n'.repeat(50_000)],
    ['invisible characters', '\u200b'.repeat(100_000)],
  ])('copes with 100,000 characters of %s', async (_, text) => {
    expect((await check(text.slice(0, 100_000))).findings.length).toBeLessThanOrEqual(101);
  });
});
