import type { SampleCategory } from './sample-listing';

/** Invented kettles and coffee grinders. */
export const SAMPLE_KITCHEN: readonly SampleCategory[] = [
  {
    key: 'kettle',
    type: 'Kettles',
    listings: [
      {
        shop: 'Harbor Home',
        title: 'Tidewater Electric Kettle',
        price: 49,
        compareAtPrice: 59,
        description:
          'Electric kettle of brushed steel for 1.7 liters, with 1500 watts and automatic switch-off. The lid opens fully for cleaning.',
        inStock: true,
        options: ['Color: Steel, Black'],
        tags: ['electric', 'kitchen', 'tea'],
        reviews: [
          [5, 'Fast', 'Boils a full pot in about five minutes and switches off by itself.'],
          [4, 'Good, but loud', 'Does its job well. It is louder than my old one while it heats.'],
          [3, 'Handle gets warm', 'The water is hot quickly, yet the handle gets warm as well.'],
        ],
      },
      {
        shop: 'Pinewood Goods',
        title: 'Ember Gooseneck Kettle',
        price: 79,
        description:
          'Gooseneck kettle for pour-over coffee, 0.9 liters, with a thermometer in the lid. For gas, electric and induction stoves.',
        inStock: true,
        options: ['Color: Matte Black, White'],
        tags: ['gooseneck', 'pour-over', 'stovetop', 'coffee'],
        reviews: [
          [5, 'Precise', 'The thin stream makes pour-over coffee so much easier.'],
          [5, 'Pretty and useful', 'Looks good on the stove and the thermometer is accurate.'],
          [2, 'Paint came off', 'After two months the black paint came off near the spout.'],
        ],
      },
      {
        shop: 'Blue Finch Supply',
        title: 'Finch Travel Kettle',
        price: 34.5,
        description: 'Small electric kettle for 0.5 liters that works with 110 and 230 volts. Comes with a bag.',
        inStock: true,
        options: [],
        tags: ['electric', 'travel', 'compact'],
        reviews: [
          [4, 'Fits my suitcase', 'Small enough for every trip, and it works abroad.'],
          [3, 'Slow', 'It takes eight minutes for two cups. Fine for a hotel room.'],
        ],
      },
      {
        shop: 'Copper & Oak',
        title: 'Whistling Copper Kettle',
        price: 119,
        description: 'Copper kettle with an oak handle that whistles when the water boils. 2 liters, for gas and electric stoves.',
        inStock: false,
        options: ['Handle: Oak, Walnut'],
        tags: ['stovetop', 'copper', 'whistling'],
        reviews: [
          [5, 'A beauty', 'Guests always ask where it is from.'],
          [4, 'Needs polishing', 'Lovely kettle, but copper wants to be polished every few weeks.'],
        ],
      },
      {
        shop: 'Northlight Store',
        title: 'Aurora Glass Kettle',
        price: 42,
        compareAtPrice: 48,
        description: 'Electric glass kettle with blue light, 1.5 liters, with four temperatures from 70 to 100 degrees Celsius.',
        inStock: true,
        options: ['Base: Black, White'],
        tags: ['electric', 'glass', 'temperature', 'tea'],
        reviews: [
          [5, 'Right temperature for tea', 'Green tea at 80 degrees tastes better. The settings are easy.'],
          [4, 'Nice light', 'The blue light is fun. Limescale shows quickly on the glass.'],
          [1, 'Arrived broken', 'The glass had a crack. The exchange took three weeks.'],
        ],
      },
    ],
  },
  {
    key: 'grinder',
    type: 'Coffee Grinders',
    listings: [
      {
        shop: 'Harbor Home',
        title: 'Anchor Burr Coffee Grinder',
        price: 89,
        description: 'Electric conical burr grinder with 30 settings and a hopper for 250 grams of beans.',
        inStock: true,
        options: ['Color: Black, Steel'],
        tags: ['burr', 'electric', 'coffee'],
        reviews: [
          [5, 'Even grind', 'From French press to espresso, the grind is even.'],
          [4, 'Messy chute', 'Good grinder. Some coffee sticks to the chute because of static.'],
        ],
      },
      {
        shop: 'Pinewood Goods',
        title: 'Trail Hand Coffee Grinder',
        price: 39,
        description: 'Hand grinder with ceramic burrs for two cups. The crank folds away for travel.',
        inStock: true,
        options: [],
        tags: ['hand', 'manual', 'travel', 'coffee'],
        reviews: [
          [5, 'Camping favorite', 'Weighs little and makes fresh coffee anywhere.'],
          [3, 'Some work', 'Two cups take about three minutes of cranking.'],
        ],
      },
      {
        shop: 'Blue Finch Supply',
        title: 'Finch Blade Coffee Grinder',
        price: 24.95,
        description: 'Blade grinder for coffee and spices with a cup of steel that comes off for cleaning.',
        inStock: true,
        options: ['Color: Red, Black'],
        tags: ['blade', 'electric', 'spices', 'coffee'],
        reviews: [
          [4, 'Cheap and simple', 'Good enough for drip coffee, and I use it for spices as well.'],
          [2, 'Uneven', 'Some of it is dust, some is chunks. Not for espresso.'],
        ],
      },
      {
        shop: 'Copper & Oak',
        title: 'Heritage Box Coffee Mill',
        price: 68,
        compareAtPrice: 75,
        description: 'Coffee grinder with a beech drawer and a steel burr, after a model of the 1920s.',
        inStock: true,
        options: ['Wood: Beech, Oak'],
        tags: ['hand', 'manual', 'wood', 'coffee', 'grinder'],
        reviews: [
          [5, 'Charming', 'The drawer smells of coffee and my kitchen looks better.'],
          [3, 'Slips on the table', 'Pretty, but it needs a rubber foot to stay in place.'],
        ],
      },
      {
        shop: 'Northlight Store',
        title: 'Polar Espresso Coffee Grinder',
        price: 189,
        description: 'Espresso grinder with flat steel burrs of 58 millimeters, a timer and a quiet motor.',
        inStock: false,
        options: ['Color: White, Black'],
        tags: ['burr', 'electric', 'espresso', 'coffee'],
        reviews: [
          [5, 'Quiet', 'I can grind in the morning without waking anybody.'],
          [5, 'Great espresso', 'Shots are consistent from day to day.'],
          [4, 'Heavy', 'It is big and heavy; measure your counter first.'],
        ],
      },
    ],
  },
];
