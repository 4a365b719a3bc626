import type { PlantedSubject } from './subject';

/** Products of other trades, written after the third set. */
export const fourthProducts: readonly PlantedSubject[] = [
  {
    facts: {
      title: 'Echo Valley wool blanket',
      material: '80% recycled wool, 20% nylon',
      widthInches: 60,
      lengthInches: 80,
      weightLb: 3.9,
      price: 128,
      pattern: 'herringbone with whipstitched edge',
      origin: 'woven at a family mill in Maine',
      care: 'dry clean',
      colors: ['heather', 'spruce', 'rust'],
    },
    clean: [
      'For the end of the couch, the back of the truck and the first cold night of the year. Echo Valley is woven at a family mill in Maine from 80% recycled wool, with a herringbone face and a whipstitched edge that will outlast fashions. Sixty by eighty inches, 3.9 pounds, in heather, spruce or rust.',
      'A proper wool blanket: heavy enough to feel, soft enough to fight over. 60" x 80". $128. Dry clean.',
      'Throw it over your knees with a good book, or take it to the game. Recycled wool blend, herringbone weave, three colors.',
    ],
    bad: [
      {
        text: 'Hand-loomed from 100% merino in Scotland, this throw has leather trim, tasseled ends and a satin border. 50 x 70 inches. Machine washable and moth-proof.',
        faults: [
          ['attribute', 'Hand-loomed'],
          ['figure', '100%'],
          ['attribute', 'merino'],
          ['attribute', 'Scotland'],
          ['attribute', 'leather'],
          ['attribute', 'tasseled'],
          ['attribute', 'satin'],
          ['figure', '50'],
          ['attribute', 'Machine washable'],
          ['attribute', 'moth-proof'],
        ],
      },
      {
        text: 'Wrap yourself in luxury with our award-winning cashmere blend. Flame retardant, anti-pilling and sold with a storage pouch. Weighs just 2.9 pounds. Look no further.',
        faults: [
          ['attribute', 'award-winning'],
          ['attribute', 'cashmere'],
          ['attribute', 'Flame retardant'],
          ['attribute', 'anti-pilling'],
          ['attribute', 'storage pouch'],
          ['figure', '2.9 pounds'],
          ['filler', 'Look no further'],
        ],
      },
    ],
  },
  {
    facts: {
      title: 'Brio portable speaker',
      bluetooth: '5.2',
      batteryHours: 15,
      rating: 'IP67 dust and water resistance',
      weightGrams: 560,
      price: 89.99,
      driver: 'dual 45 mm drivers with passive radiator',
      charging: 'USB-C',
      features: ['stereo pairing of two speakers', 'fabric grille', 'carry strap'],
      colors: ['coral', 'midnight', 'sage'],
      powerWatts: 20,
    },
    clean: [
      'Poolside, trailside, kitchen-side: Brio goes along. Twenty watts from two 45 mm drivers and a passive radiator fill the patio, IP67 keeps out dust and water, and the battery lasts 15 hours. Pair two for stereo. Charges by USB-C. $89.99.',
      'Small speaker, big back porch energy. Bluetooth 5.2, 15 hours, 560 grams, with a carry strap for the walk home. Coral, midnight or sage.',
      'Drop it in the tote and forget about it until the music starts. Brio plays for up to 15 hours, shrugs off sand and splashes (IP67), and doubles up when a friend brings theirs.',
    ],
    bad: [
      {
        text: 'Brio pumps 40 watts through a 3-inch subwoofer, floats in the pool and lights up with RGB LEDs. Built-in power bank, Wi-Fi streaming and a 24-hour battery. IPX4.',
        faults: [
          ['figure', '40 watts'],
          ['figure', '3-inch'],
          ['attribute', 'subwoofer'],
          ['attribute', 'floats'],
          ['attribute', 'RGB'],
          ['attribute', 'power bank'],
          ['attribute', 'Wi-Fi'],
          ['figure', '24-hour'],
          ['figure', 'IPX4'],
        ],
      },
      {
        text: 'Tuned by Grammy-winning engineers, Brio features a bamboo cabinet, an AUX input and hands-free calling. Pairs with up to 100 speakers. $79.99. Character limit: 160.',
        faults: [
          ['attribute', 'Grammy'],
          ['attribute', 'bamboo'],
          ['attribute', 'AUX'],
          ['attribute', 'hands-free calling'],
          ['figure', '100 speakers'],
          ['figure', '$79.99'],
          ['echo', 'Character limit'],
        ],
      },
    ],
  },
  {
    facts: {
      title: 'Juniper kids rain boots',
      upper: 'natural rubber',
      lining: 'cotton lining',
      sizes: ['7', '8', '9', '10', '11', '12'],
      price: 36,
      features: ['easy-on handles', 'non-slip outsole'],
      colors: ['puddle blue', 'mustard'],
      waterproof: true,
      vegan: true,
    },
    clean: [
      'Handles big enough for small hands, soles that hold on to wet stone, and a cotton lining for bare feet. Juniper boots are made of natural rubber, waterproof to the top, and vegan. $36, in puddle blue and mustard.',
      'Puddles, meet your match. Waterproof rubber boots in six kids’ sizes, with easy-on handles and a non-slip sole.',
    ],
    bad: [
      {
        text: 'Juniper boots are made of recycled EVA with a fleece lining, reflective heel strips and a steel toe. Insulated to -20 degrees. Sizes 5 to 12, $36.',
        faults: [
          ['attribute', 'recycled'],
          ['attribute', 'fleece'],
          ['attribute', 'reflective'],
          ['attribute', 'steel'],
          ['attribute', 'Insulated'],
          ['figure', '20 degrees'],
          ['figure', '5'],
        ],
      },
      {
        text: 'Podiatrist-approved arch support, removable insoles and glow-in-the-dark soles make mornings easy. Phthalate-free. Comes with matching socks. Four colors.',
        faults: [
          ['attribute', 'Podiatrist-approved'],
          ['attribute', 'arch support'],
          ['attribute', 'insoles'],
          ['attribute', 'glow-in-the-dark'],
          ['attribute', 'Phthalate-free'],
          ['attribute', 'socks'],
          ['figure', 'Four colors'],
        ],
      },
    ],
  },
];
