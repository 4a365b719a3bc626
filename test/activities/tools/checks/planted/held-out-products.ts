import type { PlantedSubject } from './subject';

/** Products whose texts were written after the lists. */
export const heldOutProducts: readonly PlantedSubject[] = [
  {
    facts: {
      title: 'Tern rain jacket',
      shell: '3-layer recycled polyester',
      waterproofRatingMm: 20000,
      breathabilityGrams: 15000,
      weightGrams: 340,
      price: 219,
      sizes: ['XS', 'S', 'M', 'L', 'XL'],
      features: ['fully taped seams', 'two-way front zip', 'helmet-compatible hood', 'pit zips', 'PFC-free water repellent'],
      fit: 'regular',
      colors: ['kelp', 'storm', 'marigold'],
    },
    clean: [
      'Rain is a detail. Tern puts three layers of recycled polyester between you and it, with taped seams, a 20,000 mm rating and a water repellent that contains no PFCs. Pit zips let the climb out, the hood clears a helmet, and the whole thing weighs 340 grams. Sizes XS to XL in kelp, storm and marigold. $219.',
      'A waterproof, breathable shell at 340 g. Two-way zip, pit zips, hood that fits over a helmet. Five sizes, three colors.',
    ],
    bad: [
      {
        text: 'Tern is a GORE-TEX shell with a 28,000 mm rating, down insulation and seven pockets. It packs into its own pocket and weighs 340 g. Machine washable. Lifetime guarantee.',
        faults: [
          ['attribute', 'GORE-TEX'],
          ['figure', '28,000'],
          ['attribute', 'down insulation'],
          ['figure', 'seven pockets'],
          ['attribute', 'Machine washable'],
          ['attribute', 'Lifetime guarantee'],
        ],
      },
      {
        text: 'Meet the jacket that will change everything. Merino-lined, bluesign-certified and made in Vietnam, with reflective trim and RECCO. $199. {"bullets": ["taped seams"]}',
        faults: [
          ['attribute', 'Merino'],
          ['attribute', 'bluesign'],
          ['attribute', 'Vietnam'],
          ['attribute', 'reflective'],
          ['attribute', 'RECCO'],
          ['figure', '$199'],
          ['echo', '{"bullets":'],
        ],
      },
    ],
  },
  {
    facts: {
      title: 'Kettle No. 4',
      capacityLiters: 0.9,
      powerWatts: 1200,
      temperatureRangeC: '40-100',
      holdMinutes: 60,
      material: '304 stainless steel',
      handle: 'wooden handle',
      spout: 'gooseneck',
      display: 'LCD display',
      price: 129,
      warrantyYears: 2,
      weightKg: 1.2,
      features: ['to-the-degree temperature control', 'hold function', 'built-in stopwatch'],
    },
    names: ['Kettle No. 4'],
    clean: [
      'Set it to the degree, anywhere from 40 to 100 °C, and Kettle No. 4 will hold it there for an hour. The gooseneck pours where you point, the wooden handle stays cool, and a stopwatch built into the LCD display times your bloom. 0.9 liters, 1,200 watts, 304 stainless steel. Two-year warranty.',
      'A 1200 W gooseneck kettle for anyone who likes good tea. 0.9 L, temperature hold, LCD, wood handle. $129.',
    ],
    bad: [
      {
        text: 'Kettle No. 4 boils 1.2 liters in 3 minutes, connects to an app and plays a chime. Copper-plated body, ceramic handle, five-year warranty. Dishwasher-safe.',
        faults: [
          ['figure', '1.2 liters'],
          ['figure', '3 minutes'],
          ['attribute', 'app'],
          ['attribute', 'Copper'],
          ['attribute', 'ceramic'],
          ['figure', 'five-year'],
          ['attribute', 'Dishwasher-safe'],
        ],
      },
      {
        text: 'Revolutionize your morning with a kettle designed in Denmark and rated number one by baristas. 1500 watts, auto shut-off and a BPA-free lid. Character count: 142.',
        faults: [
          ['filler', 'Revolutionize your'],
          ['attribute', 'Denmark'],
          ['attribute', 'number one'],
          ['figure', '1500 watts'],
          ['attribute', 'auto shut-off'],
          ['attribute', 'BPA-free'],
          ['echo', 'Character count'],
        ],
      },
    ],
  },
  {
    facts: {
      title: 'Paws orthopedic dog bed',
      fill: 'CertiPUR-US memory foam',
      foamThicknessInches: 4,
      cover: 'removable, machine-washable cover',
      liner: 'waterproof liner',
      sizes: ['small', 'medium', 'large'],
      price: 99,
      bottom: 'non-slip bottom',
      supportsLb: 120,
      warranty: '3-year foam warranty',
    },
    clean: [
      'Four inches of memory foam for joints that have earned it. The cover zips off for the washing machine, a waterproof liner guards the foam, and the base stays put on hard floors. Holds dogs up to 120 lb. CertiPUR-US foam, three-year warranty, three sizes. $99.',
      'Orthopedic comfort for good dogs: 4" memory foam, washable cover, non-slip bottom. Small, medium or large.',
    ],
    bad: [
      {
        text: 'Six inches of cooling gel memory foam with a chew-proof canvas cover, a bolster and a 10-year warranty. Vet recommended. Supports dogs up to 150 lb. $99.',
        faults: [
          ['figure', 'Six inches'],
          ['attribute', 'gel'],
          ['attribute', 'chew-proof'],
          ['attribute', 'canvas'],
          ['figure', '10-year'],
          ['attribute', 'Vet recommended'],
          ['figure', '150 lb'],
        ],
      },
      {
        text: 'Discover unparalleled comfort. The Paws bed is heated, odor-resistant and handmade in the USA with organic wool. Your pup deserves it — look no further! Write the description in plain English.',
        faults: [
          ['attribute', 'heated'],
          ['attribute', 'odor-resistant'],
          ['attribute', 'handmade'],
          ['attribute', 'organic'],
          ['attribute', 'wool'],
          ['filler', 'look no further'],
        ],
      },
    ],
  },
  {
    facts: {
      title: 'Ledger dot-grid notebook',
      pages: 192,
      paperGsm: 100,
      size: 'A5',
      cover: 'cloth hardcover',
      price: 24,
      features: ['lay-flat binding', 'numbered pages', 'two ribbon bookmarks', 'back pocket', 'elastic closure'],
      colors: ['ink', 'sage', 'brick', 'sand', 'plum'],
      paper: 'acid-free, fountain-pen friendly',
      origin: 'printed and bound in Lithuania',
    },
    clean: [
      'One hundred ninety-two numbered pages of 100 gsm paper that takes a fountain pen without complaint. Ledger lies flat, keeps its place with two ribbons, and hides receipts in a pocket at the back. Cloth hardcover, A5, in five colors. Printed and bound in Lithuania. $24.',
      'Dot grid, 192 pages, acid-free 100 gsm paper. Lay-flat binding, elastic closure, two bookmarks. Pick ink, sage, brick, sand or plum.',
    ],
    bad: [
      {
        text: 'A leather-bound A4 notebook with 240 pages of 120 gsm bleed-proof paper, three ribbon bookmarks and perforated sheets. Made in Japan. $24.',
        faults: [
          ['attribute', 'leather'],
          ['figure', 'A4'],
          ['figure', '240'],
          ['figure', '120 gsm'],
          ['attribute', 'bleed-proof'],
          ['figure', 'three ribbon'],
          ['attribute', 'perforated'],
          ['attribute', 'Japan'],
        ],
      },
      {
        text: 'Unleash your creativity with FSC-certified, stone paper pages. Comes with a pen loop and stickers. Refillable. metaDescription goes here. Ten colors.',
        faults: [
          ['filler', 'Unleash your'],
          ['attribute', 'FSC-certified'],
          ['attribute', 'stone'],
          ['attribute', 'pen loop'],
          ['attribute', 'Refillable'],
          ['echo', 'metaDescription'],
          ['figure', 'Ten colors'],
        ],
      },
    ],
  },
  {
    facts: {
      title: 'Orbit robot vacuum',
      suctionPa: 4000,
      batteryMinutes: 150,
      dustbinMl: 400,
      noiseDb: 62,
      price: 329,
      heightCm: 8.1,
      navigation: 'LiDAR mapping',
      app: 'app and voice control (Alexa, Google Home)',
      features: ['mopping pad', 'no-go zones', 'automatic recharge and resume', 'HEPA filter'],
      warranty: '1 year',
    },
    clean: [
      'Orbit maps your home with LiDAR, then cleans it in straight lines for up to 150 minutes. At 8.1 cm it slides under the sofa; at 62 dB you can keep the radio on. When the battery runs low it recharges and picks up where it stopped. 4,000 Pa of suction, HEPA filter, mopping pad. Control it by app, Alexa or Google Home.',
      'Set no-go zones in the app, ask Alexa to start, come home to clean floors. 4,000 Pa suction, 2.5-hour battery, 400 ml bin. $329 with a one-year warranty.',
    ],
    bad: [
      {
        text: 'Orbit has 6,000 Pa of suction, a self-emptying base and a 180-minute battery. Its camera avoids obstacles, the UV lamp kills germs and Siri starts it. 62 dB.',
        faults: [
          ['figure', '6,000 Pa'],
          ['attribute', 'self-emptying'],
          ['figure', '180-minute'],
          ['attribute', 'camera'],
          ['attribute', 'UV lamp'],
          ['attribute', 'Siri'],
        ],
      },
      {
        text: "The world's quietest robot vacuum at 52 dB, with a washable HEPA filter, a spare battery and a 30-day money-back guarantee. In this digital age, who has time to vacuum? Sure, here is your text.",
        faults: [
          ['attribute', 'quietest'],
          ['figure', '52 dB'],
          ['attribute', 'spare battery'],
          ['figure', '30-day'],
          ['attribute', 'money-back'],
          ['echo', 'here is your text'],
        ],
      },
    ],
  },
];
