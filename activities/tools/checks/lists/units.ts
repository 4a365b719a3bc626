/** A unit: what it measures, and how many of the base unit it is. */
export interface Unit {
  readonly measures: string;
  readonly factor: number;
}

/** Name of what is measured, then `spelling spelling=factor` for each unit; a spelling of several words has `_` between them. */
const UNITS: Readonly<Record<string, string>> = {
  area: 'sq_ft sqft sf square_feet square_foot sq_feet sq_foot ft2 ft²=1 acre acres ac=43560 sqm m² m2 square_meters square_metres square_meter=10.7639 hectare hectares=107639',
  length:
    'mm millimeter millimeters millimetre millimetres=1 cm centimeter centimeters centimetre centimetres=10 m meter meters metre metres=1000 km kilometer kilometers=1000000 in inch inches " ″ ”=25.4 ft foot feet=304.8 yard yards yd=914.4 mile miles mi=1609344',
  weight: 'mg milligrams=0.001 g gram grams gr=1 kg kilo kilos kilogram kilograms=1000 lb lbs pound pounds=453.592',
  ounce: 'oz ounce ounces=28.3495',
  volume:
    'ml milliliter milliliters millilitre millilitres=1 cl=10 l liter liters litre litres=1000 fl_oz fluid_ounce fluid_ounces=29.5735 quart quarts qt=946.353 gallon gallons gal=3785.41 pint pints=473.176',
  cups: 'cup cups=1',
  time: 'second seconds sec secs=1 minute minutes min mins=60 hour hours hr hrs h=3600 day days=86400 week weeks wk=604800 month months=2629800 year years yr yrs=31557600',
  power: 'w watt watts=1 kw kilowatt kilowatts=1000 hp horsepower=745.7',
  energy: 'wh=1 kwh=1000',
  charge: 'mah=1',
  tension: 'v volt volts=1',
  storage: 'mb=1 gb gigabyte gigabytes=1000 tb terabyte terabytes=1000000',
  frequency: 'hz hertz=1 khz=1000 mhz=1000000 ghz=1000000000',
  loudness: 'db decibel decibels=1',
  light: 'lumen lumens lm=1',
  warmth: 'k kelvin=1',
  fahrenheit: 'f °f degrees_f degrees_fahrenheit fahrenheit=1',
  celsius: 'c °c degrees_c degrees_celsius celsius=1',
  degrees: 'degree degrees=1',
  cloth: 'gsm=1',
  pixels: 'mp megapixel megapixels=1',
  turning: 'rpm=1',
  speed: 'mph=1 kph kmh=0.621371',
  pressure: 'psi=1 bar=14.5038',
  bedroom: 'bed beds bedroom bedrooms br brs bd bds bdrm bdrms=1',
  bathroom: 'bath baths bathroom bathrooms ba=1',
  story: 'story stories storey storeys level levels=1',
  garage: 'car cars garage garages parking vehicles vehicle stall stalls=1',
};

/** Every unit by its spelling in small letters, words separated by `_`. */
export const units: ReadonlyMap<string, Unit> = new Map(
  Object.entries(UNITS).flatMap(([measures, line]) =>
    [...line.matchAll(/([^=]+)=([\d.]+)\s?/g)].flatMap(([, spellings = '', factor]) =>
      spellings
        .trim()
        .split(/\s+/)
        .map((spelling) => [spelling, { measures, factor: Number(factor) }] as const),
    ),
  ),
);

/** Things that texts count in words; a count of anything else in words is no figure unless a fact counts it. */
export const countables: ReadonlySet<string> = new Set(
  (
    'fireplace deck patio balcony porch terrace kitchen room closet acre barn outbuilding unit building bay window oven sink island tower pool court ' +
    'piece pack drawer shelf shelves pocket compartment speed setting mode blade burner seat cushion door leg wheel bowl plate knife knives cup mug glass ' +
    'filter bag sheet pillow pillowcase towel battery batteries bulb motor preset port camera lens speaker microphone driver zone color colour size style finish ' +
    'strap zipper handle layer ply lid attachment brush tip cable award ingredient flavor scent serving capsule tablet bottle jar bar count'
  ).split(' '),
);
