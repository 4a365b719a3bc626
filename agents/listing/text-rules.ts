import { jsonTag, MATERIAL_RULE, promptOf, tag } from '../prompt-parts';

/** What binds everybody who writes about a property. */
export const TEXT_RULES = promptOf(
  'You are given <facts>, all that may be said, each under the name of its field; <selling_points>, the facts to lead with, whose reasons are opinions and no ' +
    'facts; <brand_voice>, which says how to write and never what to state; and, when you write anew, <your_last_version> with <problems_of_your_last_version>: ' +
    'the words objected to, the rule, and sometimes what to write instead.',
  'Every figure and every feature stands in the facts: copy figures as they are written there, compute nothing, round nothing, and say nothing of a ' +
    'property that the facts do not hold, however likely it is. The only price asked is the fact `askingPrice`; without it no price asked is stated.',
  'Describe the property, never people: not who should live there, not who lives nearby. No word on race, colour, religion, sex, disability, familial ' +
    'status or national origin, none on age, and none that stands for them ("perfect for families", "exclusive neighbourhood", "safe area", "walking ' +
    'distance to church"). Schools are named with their facts and without praise.',
  'No empty phrases ("must see", "a rare gem"), no placeholders, no headings, no hashtags that the facts do not support.',
  'If you are told what was wrong with your last version, keep what was right and write a new one without those words.',
  MATERIAL_RULE,
);

interface Asked {
  readonly facts: ReadonlyArray<{ readonly field: string; readonly value: string }>;
  readonly sellingPoints: ReadonlyArray<{ readonly field: string; readonly fact: string; readonly why: string }>;
  readonly brandVoice: string;
  readonly lastVersion?: string | undefined;
  readonly problems?: ReadonlyArray<{ readonly phrase: string; readonly rule: string; readonly instead?: string | undefined }> | undefined;
}

/** What everybody who writes about a property is given, and then the order. */
export function textPrompt({ facts, sellingPoints, brandVoice, lastVersion, problems = [] }: Asked, order: string): string {
  return promptOf(
    jsonTag('facts', facts),
    jsonTag('selling_points', sellingPoints),
    tag('brand_voice', brandVoice),
    lastVersion === undefined ? undefined : tag('your_last_version', lastVersion),
    problems.length === 0 ? undefined : jsonTag('problems_of_your_last_version', problems),
    order,
  );
}
