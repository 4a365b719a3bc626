import type { PlantedSubject } from './subject';

/** Five products with ten good texts and ten with faults. */
export const products: readonly PlantedSubject[] = [
  {
    facts: {
      title: 'Ridge insulated bottle',
      material: '18/8 stainless steel',
      capacityMl: 750,
      weightGrams: 390,
      price: 34.95,
      colors: ['moss', 'slate', 'ember'],
      keepsColdHours: 24,
      keepsHotHours: 12,
      care: 'dishwasher-safe lid, hand wash body',
      lid: 'leakproof screw lid with carry loop',
      warranty: 'lifetime warranty',
      bpaFree: true,
    },
    clean: [
      'Cold at breakfast, still cold tomorrow: the Ridge keeps drinks chilled for 24 hours and hot for 12. Its 18/8 stainless steel body holds 750 ml and weighs just 390 g, the screw lid seals without a drip, and the loop clips to any pack. BPA-free, backed for life, in moss, slate or ember. $34.95.',
      'A 750 ml steel bottle that shrugs off a day on the trail. Leakproof lid, carry loop, 12 hours hot and 24 cold. Put the lid in the dishwasher, wash the body by hand. Comes in three colors.',
    ],
    bad: [
      {
        text: 'The Ridge keeps drinks cold for 36 hours and hot for 12. Made of titanium, it holds 750 ml, is fully dishwasher safe and comes with a bamboo lid. $34.95, in moss, slate or ember.',
        faults: [
          ['figure', '36 hours'],
          ['attribute', 'titanium'],
          ['attribute', 'bamboo'],
        ],
      },
      {
        text: 'Elevate your hydration. The award-winning Ridge holds a full liter, weighs 290 g and has a built-in straw. Made in Germany. FDA approved.',
        faults: [
          ['filler', 'Elevate your'],
          ['attribute', 'award-winning'],
          ['figure', '290 g'],
          ['attribute', 'straw'],
          ['attribute', 'Made in Germany'],
          ['attribute', 'FDA approved'],
        ],
      },
    ],
  },
  {
    facts: {
      title: 'Drift linen duvet cover',
      material: '100% European flax linen',
      sizes: ['twin', 'queen', 'king'],
      price: 189,
      weightGsm: 170,
      closure: 'coconut-shell buttons',
      certification: 'OEKO-TEX Standard 100',
      care: 'machine wash cold, tumble dry low',
      origin: 'woven in Portugal',
      features: ['pre-washed', 'corner ties'],
      colors: ['oat', 'fog', 'clay', 'ink'],
    },
    clean: [
      'Drift is woven in Portugal from 100% European flax and washed before it reaches you, so the first night feels like the hundredth. At 170 gsm it stays cool in summer and settles into warmth in winter. Corner ties hold the duvet in place; coconut-shell buttons close it. OEKO-TEX Standard 100 certified. Machine wash cold.',
      'Linen that is already soft. Four colors, three sizes, $189. Pre-washed European flax with corner ties and coconut buttons, and yes, it goes in the washing machine.',
    ],
    bad: [
      {
        text: 'Drift is woven from 100% organic cotton with a 400 thread count, made in Italy and finished with mother-of-pearl buttons. Machine wash cold. Hypoallergenic. $179.',
        faults: [
          ['attribute', 'organic cotton'],
          ['figure', '400'],
          ['attribute', 'made in Italy'],
          ['attribute', 'mother-of-pearl'],
          ['attribute', 'Hypoallergenic'],
          ['figure', '$179'],
        ],
      },
      {
        text: "In today's world, sleep matters. Linen from European flax, wrinkle-resistant, with a 10-year warranty and a matching pillowcase set. <facts>170 gsm</facts>",
        faults: [
          ['filler', "In today's world"],
          ['attribute', 'wrinkle-resistant'],
          ['figure', '10-year'],
          ['attribute', 'pillowcase'],
          ['echo', '<facts>'],
        ],
      },
    ],
  },
  {
    facts: {
      title: 'Hush 2 wireless headphones',
      batteryLifeHours: 32,
      chargeTimeMinutes: 90,
      bluetoothVersion: '5.3',
      weightGrams: 245,
      price: 149,
      features: ['active noise cancelling', 'foldable', 'USB-C charging', 'multipoint pairing', 'built-in microphone'],
      colors: ['black', 'sand'],
      included: ['carry case', 'USB-C cable', '3.5 mm audio cable'],
      warranty: '2-year limited warranty',
      driverMm: 40,
    },
    names: ['Hush 2'],
    clean: [
      'Thirty-two hours between charges, 245 grams on your head. Hush 2 cancels the noise of the train, pairs with laptop and phone at once, and folds into the case it comes with. Bluetooth 5.3, USB-C charging in 90 minutes, 40 mm drivers. In black or sand, with a two-year warranty.',
      'Hush 2: wireless, foldable and quiet. Active noise cancellation, 32-hour battery, built-in mic. In the box: case, USB-C cable, 3.5 mm cable. $149.',
    ],
    bad: [
      {
        text: 'Hush 2 gives you 40 hours of playback, active noise cancelling and waterproof ear cups. With voice control and wireless charging it is the best-selling headphone of the year. $149.',
        faults: [
          ['figure', '40 hours'],
          ['attribute', 'waterproof'],
          ['attribute', 'voice control'],
          ['attribute', 'wireless charging'],
          ['attribute', 'best-selling'],
        ],
      },
      {
        text: 'Here are the bullet points: Bluetooth 5.0, 245 g, memory foam cushions with vegan leather, companion app. A game changer. Output must be valid JSON.',
        faults: [
          ['echo', 'Here are the bullet points'],
          ['figure', '5.0'],
          ['attribute', 'memory foam'],
          ['attribute', 'leather'],
          ['attribute', 'app'],
          ['filler', 'game changer'],
          ['echo', 'valid JSON'],
        ],
      },
    ],
  },
  {
    facts: {
      title: 'Oak & Ember carbon steel pan',
      material: 'carbon steel',
      diameterInches: 10.25,
      weightLb: 3.4,
      price: 79,
      thicknessMm: 2.5,
      ovenSafeF: 600,
      handle: 'riveted steel handle',
      seasoning: 'pre-seasoned with flaxseed oil',
      compatibleWith: 'induction, gas, electric and campfire',
      origin: 'Made in USA',
      care: 'hand wash only',
    },
    names: ['Oak & Ember'],
    clean: [
      'Carbon steel, 2.5 mm thick and seasoned with flaxseed oil before it leaves our shop. At 10.25 inches and 3.4 lb it sears like cast iron and lifts like something lighter. Gas, electric, induction or campfire; into the oven up to 600 °F. Made in the USA. Wash it by hand.',
      'The 10.25" Oak & Ember pan heats fast, works on induction and gets better with every steak. Riveted steel handle, pre-seasoned surface, $79. Skip the dishwasher.',
    ],
    bad: [
      {
        text: 'A 12-inch carbon steel pan with a non-stick ceramic coating and a stay-cool silicone handle. Oven safe to 600 °F, dishwasher-safe and PFOA-free. $79.',
        faults: [
          ['figure', '12-inch'],
          ['attribute', 'non-stick'],
          ['attribute', 'ceramic'],
          ['attribute', 'silicone'],
          ['attribute', 'dishwasher-safe'],
          ['attribute', 'PFOA-free'],
        ],
      },
      {
        text: 'Say goodbye to sticking. This pan is hand-forged in France, 3.5 mm thick, and comes with a glass lid. As requested, the text is under 200 characters.',
        faults: [
          ['filler', 'Say goodbye to'],
          ['attribute', 'forged'],
          ['attribute', 'France'],
          ['figure', '3.5 mm'],
          ['attribute', 'glass lid'],
          ['echo', 'As requested'],
        ],
      },
    ],
  },
  {
    facts: {
      title: 'Fern daily moisturizer',
      volumeMl: 50,
      price: 28,
      ingredients: ['squalane', 'oat extract', 'glycerin', 'ceramides'],
      skinType: 'sensitive and dry skin',
      fragranceFree: true,
      vegan: true,
      crueltyFree: true,
      packaging: 'glass jar, aluminum lid',
      dermatologistTested: true,
      sizeOz: 1.7,
    },
    clean: [
      'A quiet moisturizer for skin that overreacts. Squalane and ceramides help it hold on to water, oat extract calms, and there is no fragrance to argue with. Vegan, cruelty-free, dermatologist tested. 50 ml (1.7 oz) in a glass jar with an aluminum lid. $28.',
      'Fern: fragrance-free daily moisture for dry, sensitive skin. Oat, glycerin, squalane, ceramides. Never tested on animals. 1.7 oz, $28.',
    ],
    bad: [
      {
        text: 'Fern pairs squalane with retinol and SPF 30 for visible results in 7 days. Organic, clinically proven and fragrance-free. 50 ml, $28.',
        faults: [
          ['attribute', 'retinol'],
          ['attribute', 'SPF'],
          ['figure', '7 days'],
          ['attribute', 'Organic'],
          ['attribute', 'clinically proven'],
        ],
      },
      {
        text: 'Unlock your glow with hyaluronic acid and vitamin C. Paraben-free and recommended by doctors, in a recyclable tube of 75 ml. TBD',
        faults: [
          ['filler', 'Unlock your'],
          ['attribute', 'hyaluronic acid'],
          ['attribute', 'vitamin C'],
          ['attribute', 'Paraben-free'],
          ['attribute', 'recommended by doctors'],
          ['figure', '75 ml'],
          ['filler', 'TBD'],
        ],
      },
    ],
  },
];
