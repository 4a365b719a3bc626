import type { PlantedSubject } from './subject';

/** In the style of small shops' pages: short paragraphs, bullets, details at the end. Written after the lists. */
export const fifthProducts: readonly PlantedSubject[] = [
  {
    facts: {
      title: 'Drift Linen Duvet Cover',
      material: '100% French flax linen',
      sizes: ['Twin', 'Queen', 'King'],
      weightGsm: 170,
      closure: 'coconut shell buttons',
      care: 'machine wash cold, tumble dry low',
      certification: 'OEKO-TEX Standard 100',
      price: 189,
      origin: 'sewn in Porto, Portugal',
      features: ['interior corner ties', 'pre-washed'],
    },
    clean: [
      'Linen that gets better with every wash. Our Drift Duvet Cover is sewn in Porto from 100% French flax and pre-washed so it feels lived-in from night one.\n\n- 170 gsm\n- Coconut shell buttons\n- Corner ties inside\n- OEKO-TEX Standard 100',
      'Details: 100% French flax linen, 170 gsm. Twin, Queen and King. Wash cold, tumble dry low. $189.',
      'Slow mornings start here. Soft, airy linen, buttons made from coconut shell, and ties at the corners to keep your duvet in place.',
    ],
    bad: [
      {
        text: 'Woven from organic Belgian linen at 190 gsm, with a hidden zipper. GOTS certified. Hypoallergenic and wrinkle-free. Free returns for 60 nights.',
        faults: [
          ['attribute', 'organic'],
          ['attribute', 'Belgian'],
          ['figure', '190 gsm'],
          ['attribute', 'zipper'],
          ['attribute', 'GOTS'],
          ['attribute', 'Hypoallergenic'],
          ['attribute', 'wrinkle-free'],
          ['figure', '60 nights'],
        ],
      },
      {
        text: 'Comes with two matching pillowcases. Thermoregulating, moisture-wicking, dry clean only. Was $249, now $189. Loved by 12,000+ sleepers.',
        faults: [
          ['attribute', 'pillowcases'],
          ['attribute', 'Thermoregulating'],
          ['attribute', 'moisture-wicking'],
          ['attribute', 'dry clean only'],
          ['figure', '$249'],
          ['figure', '12,000+'],
        ],
      },
    ],
  },
  {
    facts: {
      name: 'Ember 8 Pour-Over Kettle',
      capacityLiters: 0.9,
      powerWatts: 1200,
      material: '304 stainless steel',
      temperatureRange: '104 to 212 °F',
      holdMinutes: 60,
      warranty: '1-year warranty',
      colors: ['matte black', 'white'],
      weightPounds: 2.4,
      features: ['gooseneck spout', 'built-in brew timer', 'LCD screen'],
    },
    clean: [
      'Pour like you mean it. The gooseneck spout gives you a slow, steady stream, and the timer on the LCD keeps count while you do. Set anything from 104 to 212 °F; it holds for 60 minutes.',
      'Specs: 0.9 L · 1200 W · 304 stainless · 2.4 lb · matte black or white · 1-year warranty. What you do with it before 7 a.m. is your business.',
    ],
    bad: [
      {
        text: 'Boils a full 1.2 L in under 3 minutes. Counterbalanced walnut handle, Bluetooth app, auto shut-off, PID controller. Backed for life.',
        faults: [
          ['figure', '1.2 L'],
          ['figure', '3 minutes'],
          ['attribute', 'walnut handle'],
          ['attribute', 'Bluetooth'],
          ['attribute', 'auto shut-off'],
          ['attribute', 'PID'],
          ['attribute', 'Backed for life'],
        ],
      },
      {
        text: 'Winner of the 2025 Good Design Award. 1500 watts, copper finish, dishwasher safe. Holds heat for 90 minutes. As seen in Bon Appétit.',
        faults: [
          ['attribute', 'Winner'],
          ['figure', '2025'],
          ['figure', '1500 watts'],
          ['attribute', 'copper'],
          ['attribute', 'dishwasher safe'],
          ['figure', '90 minutes'],
          ['attribute', 'As seen in'],
        ],
      },
      {
        text: 'Barista-grade precision to ±1 °F, a 2-year warranty and a spare lid in the box. BPA-free, cordless, made in Japan. {{cta_button}}',
        faults: [
          ['figure', '1 °F'],
          ['figure', '2-year'],
          ['attribute', 'spare lid'],
          ['attribute', 'BPA-free'],
          ['attribute', 'cordless'],
          ['attribute', 'made in Japan'],
          ['filler', '{{cta_button}}'],
        ],
      },
    ],
  },
];
