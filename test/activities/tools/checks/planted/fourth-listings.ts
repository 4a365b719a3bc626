import type { PlantedSubject } from './subject';

/** Homes of other kinds, written after the third set. */
export const fourthListings: readonly PlantedSubject[] = [
  {
    facts: {
      address: '5570 County Road 12',
      city: 'Steamboat Springs',
      state: 'CO',
      propertyType: 'ranch',
      bedrooms: 3,
      bathrooms: 2,
      livingAreaSqft: 2140,
      lotSizeAcres: 38.5,
      yearBuilt: 1978,
      listPrice: 1425000,
      features: [
        'river frontage',
        'hay meadow',
        'six-stall barn',
        'equipment shed',
        'wood stove',
        'log construction',
        'senior water rights',
        'views of the Zirkel range',
      ],
      updatedYear: 2016,
    },
    clean: [
      'Thirty-eight and a half acres along the river, with hay standing in the meadow and the Zirkels behind it. The log home was built in 1978 and updated in 2016: three bedrooms, two baths, a wood stove in the middle of everything. The barn has six stalls, the shed has room for the tractor, and the water rights are senior.',
      'Log home, six-stall barn and river frontage near Steamboat Springs. 3 bedrooms, 2 baths, 2,140 square feet on 38.5 acres. $1,425,000.',
      'Elk in the meadow some mornings, woodsmoke most evenings. A 2,140-square-foot log house on the river, with a barn, a shed and 38.5 acres to look after.',
    ],
    bad: [
      {
        text: "A 48-acre ranch with an indoor riding arena, eight-stall barn and two ponds. The log home, updated in 2016, has geothermal heat and a chef's kitchen with copper hood. A good Christian community.",
        faults: [
          ['figure', '48-acre'],
          ['attribute', 'arena'],
          ['figure', 'eight-stall'],
          ['attribute', 'ponds'],
          ['attribute', 'geothermal'],
          ['attribute', "chef's kitchen"],
          ['attribute', 'copper'],
          ['fairHousing', 'Christian community'],
        ],
      },
      {
        text: 'River frontage, a bunkhouse and a private airstrip. New metal roof, three bedrooms, 2.5 baths. Minutes from Aspen. Ideal for a couple without kids. Schedule at {{calendar_link}}.',
        faults: [
          ['attribute', 'bunkhouse'],
          ['attribute', 'airstrip'],
          ['attribute', 'metal roof'],
          ['figure', '2.5 baths'],
          ['attribute', 'Aspen'],
          ['fairHousing', 'Ideal for a couple'],
          ['filler', '{{calendar_link}}'],
        ],
      },
    ],
  },
  {
    facts: {
      address: '27 Wharf Street Unit 8',
      city: 'Portland',
      state: 'ME',
      propertyType: 'condo',
      bedrooms: 2,
      bathrooms: 1.5,
      livingAreaSqft: 1210,
      yearBuilt: 1890,
      convertedYear: 2008,
      hoaMonthly: 410,
      listPrice: 765000,
      parking: 'leased space nearby',
      features: [
        'granite block walls',
        'timber beams',
        'gas stove',
        'office nook',
        'roof deck shared with four units',
        'on-demand hot water',
      ],
      petsAllowed: true,
    },
    clean: [
      'A former warehouse of granite block and timber, turned into condos in 2008 without hiding what it was. Unit 8 has two bedrooms, one and a half baths and a nook for the desk; upstairs, a roof deck is shared with four neighbors. Gas stove, on-demand hot water, leased parking nearby. Pets are fine. HOA $410.',
      'Granite walls as solid as they sound. 1,210 square feet on Wharf Street with beams overhead and a shared roof deck. $765,000.',
      'Old stone, warm wood, salt air. Two-bedroom condo in an 1890 building with a gas stove and a place on the roof for August.',
    ],
    bad: [
      {
        text: 'A warehouse condo with exposed brick, polished concrete floors and two deeded parking spaces. 1,210 square feet, 2.5 baths, HOA $310. Washer and dryer in the unit. No Section 8, no smokers.',
        faults: [
          ['attribute', 'brick'],
          ['attribute', 'concrete'],
          ['attribute', 'deeded'],
          ['figure', '2.5 baths'],
          ['figure', '$310'],
          ['attribute', 'Washer and dryer'],
          ['fairHousing', 'No Section 8'],
        ],
      },
      {
        text: 'Sweeping harbor views from a private terrace, a wine fridge and heated garage. Built in 1990. Young professionals will love it! Here is a 50-word caption for the listing.',
        faults: [
          ['attribute', 'harbor views'],
          ['attribute', 'terrace'],
          ['attribute', 'wine fridge'],
          ['attribute', 'heated garage'],
          ['figure', '1990'],
          ['fairHousing', 'Young professionals'],
          ['echo', 'Here is a 50-word caption'],
        ],
      },
    ],
  },
];
