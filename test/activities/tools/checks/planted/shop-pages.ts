import type { PlantedSubject } from './subject';

/** Titles, bullets and meta descriptions of a shop. */
export const shopPages: readonly PlantedSubject[] = [
  {
    facts: {
      title: 'Cloudrest bamboo pillow',
      fill: 'shredded memory foam',
      cover: 'bamboo-derived viscose and polyester cover',
      size: 'queen, 20 x 30 in',
      price: 45,
      compareAtPrice: 60,
      discountPercent: 25,
      features: ['adjustable loft', 'zippered inner case', 'hypoallergenic'],
      care: 'cover is machine washable',
      certification: 'CertiPUR-US certified foam',
      trialNights: 100,
      warranty: '5-year warranty',
      reviewsAverage: 4.6,
      reviewsCount: 1284,
      sku: 'CR-Q-01',
    },
    clean: [
      'Cloudrest Bamboo Pillow, Queen – Adjustable Memory Foam, Washable Cover',
      '• Add or remove fill until the loft is yours: shredded memory foam in a zippered inner case\n• Cool-feeling cover of bamboo viscose, machine washable\n• CertiPUR-US certified foam, hypoallergenic\n• 100 nights to decide, five years of warranty',
      'Sleep on it for 100 nights. Cloudrest is a queen pillow of shredded memory foam with a washable bamboo-viscose cover. Now $45, down from $60.',
      'Too high? Take some foam out. Too low? Put it back. The Cloudrest adjusts to back, side and stomach sleepers, its cover goes in the wash, and it has 4.6 stars from more than 1,200 reviews. 20 x 30 inches. Save 25% today.',
      'Our queen-size pillow keeps its shape because you decide what that shape is. Shredded foam, inner zip, soft cover; a hundred-night trial and a 5-year warranty mean there is little to lose sleep over.',
    ],
    bad: [
      {
        text: '• Goose-down fill with a 600 thread count cotton cover\n• Cooling gel layer\n• 365-night trial and lifetime warranty\n• Made in Canada',
        faults: [
          ['attribute', 'down'],
          ['figure', '600'],
          ['attribute', 'cotton'],
          ['attribute', 'gel'],
          ['figure', '365'],
          ['attribute', 'lifetime warranty'],
          ['attribute', 'Canada'],
        ],
      },
      {
        text: 'Cloudrest: the #1 pillow recommended by chiropractors. Antimicrobial, OEKO-TEX certified, free of phthalates. Rated 4.9 stars by 12,840 sleepers. Now 35% off.',
        faults: [
          ['attribute', 'recommended by chiropractors'],
          ['attribute', 'Antimicrobial'],
          ['attribute', 'OEKO-TEX'],
          ['attribute', 'phthalates'],
          ['figure', '4.9'],
          ['figure', '12,840'],
          ['figure', '35%'],
        ],
      },
      {
        text: 'Shop the Cloudrest pillow with lavender-infused foam and free overnight shipping. King size, 20 x 36 in. $45. Keep under 155 characters.',
        faults: [
          ['attribute', 'lavender'],
          ['attribute', 'free overnight shipping'],
          ['figure', '36 in'],
          ['echo', 'under 155 characters'],
        ],
      },
      {
        text: 'Experience the difference: a latex core, silk piping and built-in speakers. Carbon neutral. The title should be at most 60 characters. $39.99.',
        faults: [
          ['filler', 'Experience the difference'],
          ['attribute', 'latex'],
          ['attribute', 'silk'],
          ['attribute', 'speakers'],
          ['attribute', 'Carbon neutral'],
          ['echo', 'at most 60 characters'],
          ['figure', '$39.99'],
        ],
      },
      {
        text: 'A set of two pillows, fire-resistant and dust-mite-proof, with a travel bag. Dishwasher safe? No, but the whole pillow is machine washable. Sleep cooler by 5 degrees. 3-year warranty.',
        faults: [
          ['figure', 'two pillows'],
          ['attribute', 'fire-resistant'],
          ['attribute', 'mite-proof'],
          ['attribute', 'travel bag'],
          ['figure', '5 degrees'],
          ['figure', '3-year'],
        ],
      },
    ],
  },
];
