import type { PlantedSubject } from './subject';

/** In the style of remarks in an MLS: telegraphic, abbreviations, agents' habits. Written after the lists. */
export const fifthListings: readonly PlantedSubject[] = [
  {
    facts: {
      address: '2207 Harlow Court',
      city: 'Franklin',
      bedrooms: 4,
      bathrooms: 3,
      livingAreaSqft: 2680,
      lotSizeAcres: 0.46,
      yearBuilt: 1998,
      garageSpaces: 2,
      listPrice: 715000,
      hoaMonthly: 45,
      features: [
        'brick ranch',
        'bonus room over the garage',
        'screened porch',
        'gas log fireplace',
        'granite counters in the kitchen',
        'tankless water heater installed in 2022',
        'roof replaced in 2021',
        'cul-de-sac',
        'fenced back yard',
      ],
    },
    clean: [
      'Brick ranch on a cul-de-sac! 4BR/3BA, 2,680 sf on .46 ac. Granite in kitchen, gas logs, bonus over garage. Roof 2021, tankless WH 2022. HOA $45/mo. Fenced back yard w/ screened porch. 2 car gar.',
      'Welcome to 2207 Harlow Court, a 4 bed 3 bath brick ranch built in 1998. Screened porch looks over the fenced yard. New roof in 2021. Offered at $715,000. Buyer to verify all info.',
      'One-level living with a bonus room upstairs over the garage. Tankless water heater (2022). Almost half an acre at the end of a cul-de-sac in Franklin.',
    ],
    bad: [
      {
        text: 'Gorgeous 5BR/3BA brick ranch, 2,860 sf. Quartz kitchen, new HVAC 2023, sunroom. Great for a young fam. HOA only $40/mo.',
        faults: [
          ['figure', '5BR'],
          ['figure', '2,860 sf'],
          ['attribute', 'Quartz'],
          ['attribute', 'new HVAC'],
          ['attribute', 'sunroom'],
          ['fairHousing', 'young fam'],
          ['figure', '$40'],
        ],
      },
      {
        text: 'Rare 3 car gar w/ workshop. Roof 2019. Inground saltwater pool + hot tub. Walk to church and A+ rated schools. Priced to sell at $699,900.',
        faults: [
          ['figure', '3 car'],
          ['attribute', 'workshop'],
          ['figure', '2019'],
          ['attribute', 'saltwater pool'],
          ['attribute', 'hot tub'],
          ['fairHousing', 'Walk to church'],
          ['figure', '$699,900'],
        ],
      },
      {
        text: 'Motivated seller! Finished basement w/ wet bar, whole house generator, plantation shutters. No kids in this quiet 55+ enclave.',
        faults: [
          ['attribute', 'Finished basement'],
          ['attribute', 'wet bar'],
          ['attribute', 'generator'],
          ['attribute', 'plantation shutters'],
          ['fairHousing', 'No kids'],
          ['fairHousing', '55+'],
        ],
      },
    ],
  },
  {
    facts: {
      address: '88 Wharf Street #12C',
      city: 'Portland',
      propertyType: 'condo',
      bedrooms: 1,
      bathrooms: 1,
      livingAreaSqft: 742,
      rentMonthly: 2350,
      securityDeposit: 2350,
      leaseMonths: 12,
      floor: 12,
      availableDate: '2027-01-15',
      petPolicy: 'cats allowed, no dogs',
      features: ['in-unit washer and dryer', 'balcony', 'dishwasher', 'roof deck', 'heat and hot water included', 'elevator'],
    },
    clean: [
      'AVAIL 1/15! 1BR/1BA, 742 sf on the 12th flr. W/D in unit, DW, balcony. Heat + hot water incl. Cats OK, no dogs. $2,350/mo, 12 mo lease, deposit $2,350.',
      'Elevator building with a common roof deck. The apartment has its own washer and dryer and a balcony. First month and a $2,350 deposit due at signing.',
    ],
    bad: [
      {
        text: 'Lux 1BR w/ den, 842 sf, 24-hr concierge, gym & pool. Ideal for single professional. No Sec 8. $2,250/mo.',
        faults: [
          ['attribute', 'den'],
          ['figure', '842 sf'],
          ['attribute', 'concierge'],
          ['attribute', 'gym'],
          ['attribute', 'pool'],
          ['fairHousing', 'single professional'],
          ['fairHousing', 'No Sec 8'],
          ['figure', '$2,250'],
        ],
      },
      {
        text: 'Corner unit, floor-to-ceiling windows, harbor views. Pets welcome incl. large dogs! Garage pkg incl. Proof of employment required. 14 mo lease.',
        faults: [
          ['attribute', 'Corner unit'],
          ['attribute', 'floor-to-ceiling windows'],
          ['attribute', 'harbor views'],
          ['fairHousing', 'Proof of employment'],
          ['figure', '14 mo'],
        ],
      },
    ],
  },
];
