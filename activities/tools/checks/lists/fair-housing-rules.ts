const ADVERTISING = '42 U.S.C. 3604(c) and 24 CFR 100.75: no preference or limitation in a housing advertisement because of';
const HUD_MEMO = 'HUD memorandum of 9 January 1995 on advertisements under section 804(c)';

/** The rules that findings cite, each with its source. */
export const fairHousingRules = {
  race: `${ADVERTISING} race or color`,
  religion: `${ADVERTISING} religion`,
  nationalOrigin: `${ADVERTISING} national origin`,
  language: `${ADVERTISING} national origin; a demand for a language stands for it (HUD guidance of 15 September 2016 on limited English proficiency)`,
  sex: `${ADVERTISING} sex, which HUD practice has read to include sexual orientation and gender identity (24 CFR 5.105(a)(2))`,
  disability: `${ADVERTISING} disability`,
  assistance: `42 U.S.C. 3604(f)(3)(B) and 24 CFR 100.204: an assistance animal is no pet, and a rule against it is a refusal because of disability`,
  familial: `${ADVERTISING} familial status, that is children under 18 or pregnancy`,
  olderPersons: `42 U.S.C. 3607(b) and 24 CFR 100.304–100.307: only qualified housing for older persons may limit age; state that it qualifies, or leave it out`,
  age: 'Fair housing laws of many states and cities: no preference or limitation because of age',
  income: 'Fair housing laws of many states and cities: no refusal because of lawful source of income, housing vouchers included',
  marital: 'Fair housing laws of many states: no preference or limitation because of marital status',
  military: 'Fair housing laws of many states: no preference or limitation because of military or veteran status',
  citizenship: `${ADVERTISING} national origin; citizenship and immigration status are protected by several states`,
  household: `${ADVERTISING} familial status: describe the property, not who should live in it`,
  steering:
    '42 U.S.C. 3604(a) and 24 CFR 100.70(c): words on the people or the safety of a neighborhood steer buyers; give facts with their source instead',
  schools: '24 CFR 100.70(c): praise of schools steers buyers; name the school or a published rating with its source',
  landmark: `24 CFR 109.20(f), kept as guidance: directions that name a place of worship or a group's landmark can signal a preference`,
  symbol:
    '24 CFR 109.20(b), kept as guidance: catchwords such as exclusive, private community, integrated or restricted convey who is wanted',
  ability: `Describes what a person can do; ${HUD_MEMO} allows it, accessible wording is preferred: give the measured distance`,
  wording: `${HUD_MEMO} allows it as a description of a room; guidance of the industry advises against it`,
} as const;

export type FairHousingRule = keyof typeof fairHousingRules;

/** One rule of the list: patterns of `phrasePattern()`. */
export interface FairHousingEntry {
  readonly rule: FairHousingRule;
  /** `prohibited`: not in an advertisement; `risky`: lawful in some context, a person should look. */
  readonly severity: 'prohibited' | 'risky';
  readonly patterns: readonly string[];
  /** Patterns around the phrase in which it is fine. */
  readonly except?: readonly string[];
  readonly instead?: string;
}
