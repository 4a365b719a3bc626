import type { PlantedSubject } from './subject';

/** The other five. */
export const moreProducts: readonly PlantedSubject[] = [
  {
    facts: {
      title: 'Trail 28 backpack',
      volumeLiters: 28,
      weightKg: 1.1,
      price: 129.5,
      material: 'recycled ripstop nylon',
      waterResistance: 'water-resistant coating',
      pockets: 7,
      laptopSleeveInches: 16,
      features: ['padded hip belt', 'rain cover', 'adjustable sternum strap', 'hydration sleeve'],
      warranty: 'guaranteed for 10 years',
      colors: ['pine', 'graphite'],
    },
    names: ['Trail 28'],
    clean: [
      'Twenty-eight liters, seven pockets and a padded hip belt that carries the weight where you can. Trail 28 is cut from recycled ripstop with a coating that sheds water, and when the sky means it, there is a rain cover. A sleeve takes a 16-inch laptop; another takes your hydration bladder. 1.1 kg. Guaranteed for ten years.',
      'One bag for Tuesday and for the ridge. 28 L, 16" laptop sleeve, adjustable sternum strap, water-resistant recycled nylon. $129.50 in pine or graphite. 10-year guarantee.',
    ],
    bad: [
      {
        text: 'Trail 28 holds 38 liters and has nine pockets. The waterproof leather shell, solar charger and lockable zippers make it ready for anything. $129.50.',
        faults: [
          ['figure', '38 liters'],
          ['figure', 'nine pockets'],
          ['attribute', 'waterproof'],
          ['attribute', 'leather'],
          ['attribute', 'solar'],
          ['attribute', 'lockable'],
        ],
      },
      {
        text: 'The lightest pack in its class at 0.9 kg, with a lifetime warranty, RFID-blocking pocket and free shipping. Look no further. metaDescription: pack for hikers.',
        faults: [
          ['attribute', 'lightest'],
          ['figure', '0.9 kg'],
          ['attribute', 'lifetime warranty'],
          ['attribute', 'RFID'],
          ['attribute', 'free shipping'],
          ['filler', 'Look no further'],
          ['echo', 'metaDescription'],
        ],
      },
    ],
  },
  {
    facts: {
      title: 'Pour-over coffee set',
      pieces: 4,
      includes: ['borosilicate glass carafe', 'ceramic dripper', 'walnut stand', '100 paper filters'],
      capacityCups: 6,
      price: 64,
      care: 'carafe and dripper are dishwasher safe',
      giftBox: true,
      heightCm: 31,
    },
    clean: [
      'Four pieces, six cups, one good habit. The borosilicate carafe shows you the bloom, the ceramic dripper holds its heat, and the walnut stand looks right on the counter. A hundred paper filters get you started, and it arrives in a gift box.',
      'A four-piece pour-over set with glass carafe, ceramic dripper, walnut stand and 100 filters. Brews up to 6 cups. Dishwasher-safe carafe and dripper. $64.',
    ],
    bad: [
      {
        text: 'This five-piece pour-over set has a copper kettle, a ceramic dripper and a walnut stand. Brews 8 cups. Handmade in Japan. $64, gift box included.',
        faults: [
          ['figure', 'five-piece'],
          ['attribute', 'copper'],
          ['attribute', 'Handmade'],
          ['attribute', 'Japan'],
          ['figure', '8 cups'],
        ],
      },
      {
        text: 'Look no further for coffee. Includes a burr grinder, 200 paper filters and a stainless steel filter. Microwave-safe carafe. Let me know if you would like a shorter version.',
        faults: [
          ['filler', 'Look no further'],
          ['attribute', 'grinder'],
          ['figure', '200'],
          ['attribute', 'stainless steel'],
          ['attribute', 'Microwave-safe'],
          ['echo', 'Let me know if you'],
        ],
      },
    ],
  },
  {
    facts: {
      title: 'Loft standing desk',
      widthInches: 60,
      depthInches: 30,
      heightRangeInches: '24.5-50',
      price: 649,
      top: 'solid bamboo',
      frame: 'powder-coated steel frame',
      motors: 2,
      maxLoadLb: 300,
      memoryPresets: 4,
      speedInchesPerSecond: 1.5,
      warranty: '10-year frame warranty',
      features: ['anti-collision', 'cable tray'],
      assemblyMinutes: 30,
    },
    clean: [
      'Sit for the email, stand for the call. Loft rises from 24.5 to 50 inches on two motors at 1.5 inches a second, stops when it meets a chair, and remembers four heights. The top is solid bamboo, 60 by 30 inches; the powder-coated steel frame carries up to 300 lb and a ten-year warranty. Half an hour to assemble.',
      'A 60" x 30" bamboo standing desk with dual motors, four presets and a cable tray that hides the mess. $649.',
    ],
    bad: [
      {
        text: 'Loft has a solid walnut top, three motors and a 400 lb capacity. A wireless charging pad and USB ports are built in. $649 with a ten-year frame warranty.',
        faults: [
          ['attribute', 'walnut'],
          ['figure', 'three motors'],
          ['figure', '400 lb'],
          ['attribute', 'wireless charging'],
          ['attribute', 'USB'],
        ],
      },
      {
        text: 'Transform your workspace experience with a 72-inch desk that remembers four heights. Scratch-resistant, whisper-quiet at 45 dB, BIFMA certified. I hope this helps!',
        faults: [
          ['filler', 'Transform your workspace experience'],
          ['figure', '72-inch'],
          ['attribute', 'Scratch-resistant'],
          ['figure', '45 dB'],
          ['attribute', 'BIFMA certified'],
          ['echo', 'I hope this helps'],
        ],
      },
    ],
  },
  {
    facts: {
      title: 'Sprout wooden train set',
      pieces: 42,
      ageFrom: 3,
      material: 'FSC-certified beech wood',
      finish: 'water-based paint',
      price: 59.9,
      compatibleWith: 'fits all major wooden track systems',
      certification: 'ASTM F963 tested',
      storage: 'cotton storage bag',
      batteries: 'no batteries needed',
    },
    clean: [
      'Forty-two pieces of FSC-certified beech, painted with water-based colors and tested to ASTM F963. Bridges, bends and a station fit the wooden track you already own. No batteries, no screens; everything goes back in its cotton bag. Ages 3 and up. $59.90.',
      'A 42-piece wooden railway for ages 3+. Beech from certified forests, water-based paint, works with all major wooden tracks. Cotton bag included.',
    ],
    bad: [
      {
        text: 'A 52-piece train set of solid maple with battery-powered engine, lights and sound. For ages 2 and up. FSC-certified. $59.90.',
        faults: [
          ['figure', '52-piece'],
          ['attribute', 'maple'],
          ['attribute', 'battery-powered'],
          ['attribute', 'sound'],
          ['figure', '2'],
        ],
      },
      {
        text: 'Sprout is hand-painted in Denmark with non-toxic paint, is BPA-free and comes with a play mat. The provided facts say 42 pieces. Must-have for any playroom.',
        faults: [
          ['attribute', 'hand-painted'],
          ['attribute', 'Denmark'],
          ['attribute', 'BPA-free'],
          ['attribute', 'play mat'],
          ['echo', 'provided facts'],
          ['filler', 'Must-have for any'],
        ],
      },
    ],
  },
  {
    facts: {
      title: 'Glow bedside lamp',
      height: '14 in',
      shade: 'linen shade',
      base: 'matte white ceramic base',
      bulb: 'LED bulb included, 8 W, 2700 K',
      dimmable: true,
      control: 'touch dimmer with three levels',
      price: 58,
      cordLength: '6 ft cord',
      usbPort: false,
      colors: ['white', 'terracotta'],
    },
    clean: [
      'A 14-inch lamp for the last chapter. Touch the base for three levels of light through a linen shade; the 8-watt LED bulb is in the box and glows at a warm 2700 K. Ceramic base in white or terracotta, six-foot cord. $58.',
      'Glow: ceramic base, linen shade, dimmable by touch. LED bulb included (8 W, 2700 K). 14 in tall, 6 ft cord, $58.',
    ],
    bad: [
      {
        text: 'Glow has a brass base, a linen shade and a USB port for your phone. Five levels of light, Alexa compatible, rechargeable. $58.',
        faults: [
          ['attribute', 'brass'],
          ['attribute', 'USB port'],
          ['figure', 'Five levels'],
          ['attribute', 'Alexa'],
          ['attribute', 'rechargeable'],
        ],
      },
      {
        text: 'The 18-inch Glow lamp is sure to impress. Its ceramic base is hand-thrown, the shade is silk, and the 12 W bulb lasts 25,000 hours. ENERGY STAR certified. "title": "Glow"',
        faults: [
          ['figure', '18-inch'],
          ['filler', 'sure to impress'],
          ['attribute', 'hand-thrown'],
          ['attribute', 'silk'],
          ['figure', '12 W'],
          ['figure', '25,000 hours'],
          ['attribute', 'ENERGY STAR'],
          ['echo', '"title"'],
        ],
      },
    ],
  },
];
