import type { FairHousingEntry } from './fair-housing-rules';

const PEOPLE =
  'people|person|folk|family|families|household|couple|tenant|renter|buyer|owner|homeowner|resident|neighbor|neighbour|occupant|applicant|roommate|individual|man|men|woman|women|lady|ladies|gentleman|gentlemen|student|professional';
const AREA = 'neighborhood|neighbourhood|community|communities|area|district|enclave|section|population|household';
const COLORS = 'white|black';
const RACES =
  'caucasian|asian|african|hispanic|latino|latina|latinx|oriental|negro|colored|coloured|biracial|nonwhite|anglo|arab|indian|amerindian';
const NATIONS =
  'american|mexican|chinese|korean|japanese|vietnamese|filipino|indian|pakistani|iranian|persian|polish|irish|italian|greek|german|russian|ukrainian|armenian|cuban|haitian|jamaican|somali|ethiopian|nigerian|turkish|arab|arabic|middle-eastern|european|swedish|norwegian|scandinavian|portuguese|brazilian|spanish|english';
const FAITHS =
  'christian|catholic|protestant|baptist|methodist|lutheran|presbyterian|evangelical|mormon|lds|jewish|muslim|islamic|hindu|buddhist|sikh|amish|mennonite|quaker|orthodox|hasidic|atheist|religious|churchgoing|god|bible';
const WORSHIP = 'church|churches|synagogue|temple|mosque|cathedral|chapel|shul|parish|jcc|gurdwara|masjid|ward';
const STREETS =
  'street|st|avenue|ave|road|rd|lane|ln|drive|dr|hill|square|boulevard|blvd|court|ct|place|pl|way|creek|river|lake|park|falls|mountain|trail|wells|school|elementary|high|row|terrace|circle|pew|window|bell|conversion';
const ONLY = 'only|preferred|wanted|welcome|encouraged|ideal';
const NO = 'no|not|never|without|excluding|except';

/** Race, color, religion, national origin, language, citizenship. */
export const originEntries: readonly FairHousingEntry[] = [
  {
    rule: 'race',
    severity: 'prohibited',
    patterns: [
      `${RACES}|${COLORS} ${PEOPLE}|${AREA}`,
      `${RACES}|${COLORS} ${ONLY}`,
      `all|mostly|largely|purely|primarily ${COLORS} ~1 ${PEOPLE}|${AREA}|block|street|building`,
      `predominantly|majority|traditionally|historically ${COLORS}`,
      `${RACES} american ${PEOPLE}|${AREA}|${ONLY}`,
      `no|not ~1 blacks=|whites=|asians=|hispanics=|latinos=|mexicans=|arabs=|indians=|minority|minorities|immigrants=|foreigners=`,
      'predominantly|mostly|majority|traditionally|historically|all|largely|primarily|purely asian|hispanic|latino|caucasian|african|minority|minorities',
      'white|black|asian|hispanic|latino|caucasian|minority flight|owned|majority',
      'people|persons|residents|families of color',
      'light|dark|fair skinned',
      'caucasian|caucasians|negro|negroes|coloreds=|nonwhite|nonwhites',
      'ethnic|racial ~1 neighborhood|community|area|enclave|makeup|mix|majority|composition|background|purity',
    ],
    except: [
      'indian creek|hill|river|lake|wells|trail|ridge|head|summer|ocean',
      'white|black area rug',
      'white|black ~1 cabinet|cabinets|cabinetry|tile|trim|shutters|quartz|marble|kitchen|oak|picket|fence|stone|sand|water',
      'black owned business|restaurant|shop',
      'white|black home office|theater|automation|speaker|appliance',
    ],
    instead: 'leave it out: describe the property, not the people',
  },
  {
    rule: 'race',
    severity: 'risky',
    patterns: [
      'integrated|segregated|diverse|multicultural|homogeneous|ethnic ~1 neighborhood|community|area|building|block|street',
      'diverse|ethnic population|residents|neighbors',
      'minority area|neighborhood|community',
    ],
    except: ['diverse architecture|architectural|dining|cuisine|shops|landscape'],
    instead: 'leave it out: describe the property, not the people',
  },
  {
    rule: 'religion',
    severity: 'prohibited',
    patterns: [
      `${FAITHS} ${PEOPLE}|home|house|household|building|complex|${AREA}|roommate|atmosphere|environment|values|principles|faith`,
      `${FAITHS} ${ONLY}`,
      `${NO} ~1 christians=|jews=|muslims=|catholics=|hindus=|mormons=|atheists=|baptists=|protestants=`,
      'jews=|muslims=|christians=|catholics= only|preferred|welcome|need',
      'housing|homes|rooms|apartments|rental|living for christians=|catholics=|jews=|muslims=|believers=',
      'good|strong|devout|practicing|fearing christian|catholic|jewish|muslim|mormon',
      'god|church fearing|going|loving ~1 home|family|families|people|tenant|community|neighborhood|folk',
      'strong|active|tight religious|christian|catholic|jewish|muslim|faith community',
      'kosher|halal household|home|community|neighborhood',
    ],
    except: ['orthodox cathedral', 'kosher|halal kitchen', 'quaker|mission style|cabinets', 'amish made|built|crafted|cabinets|barn'],
    instead: 'leave it out: describe the property, not the faith of its people',
  },
  {
    rule: 'landmark',
    severity: 'risky',
    patterns: [
      `near|nearby|beside|behind|opposite|across|adjacent|block|close|next|steps|minutes|walk|walking|distance|convenient|around ~5 ${WORSHIP}`,
      `${WORSHIP} ~2 nearby|next|around|within|close|across`,
      'eruv|sabbath|shabbat|shabbos elevator?|friendly?',
      'country|golf club ~1 members|membership required',
    ],
    except: [
      `${WORSHIP} ${STREETS}`,
      'temple university|city|terrace|texas',
      'temple|church ~1 street|st|road|rd|avenue|ave|lane',
      'converted church|chapel|parish',
      'ward off|robe',
    ],
    instead: 'give directions by street, transit stop or park',
  },
  {
    rule: 'nationalOrigin',
    severity: 'prohibited',
    patterns: [
      `${NATIONS} ${PEOPLE}|only|preferred|wanted|neighborhood|community|enclave|section|area|population`,
      'no|not ~1 foreigners=|immigrants=|mexicans=|chinese=|indians=|arabs=|refugees=|aliens=|illegals=',
      'american born',
      'americans=|natives=|locals= only|preferred',
      'native born ~1 only|preferred|tenant|buyer',
    ],
    except: [
      'english cottage|tudor|garden|ivy',
      `${NATIONS} restaurant|market|food|tile|marble|style|revival|colonial`,
      'native american art',
      'spanish|english|american style|inspired|colonial|craftsman|revival home',
    ],
    instead: 'leave it out: describe the property, not the people',
  },
  {
    rule: 'language',
    severity: 'prohibited',
    patterns: [
      'english only',
      'only english',
      'english speaking|speakers=|speaker=',
      'must|should speak|understand ~1 english|spanish|chinese|korean',
      'speak|speaks|speaking fluent? english ~1 required|only|preferred|must',
      'no accents=',
    ],
    instead: 'leave it out',
  },
  {
    rule: 'citizenship',
    severity: 'prohibited',
    patterns: [
      'us|american citizen only|required|preferred',
      'must be ~2 us|american? citizen',
      'citizens= only|preferred',
      'green card|social security ~1 required|only',
      'no illegal|undocumented',
      'legal|permanent residents= only',
    ],
    instead: 'leave it out',
  },
  {
    rule: 'symbol',
    severity: 'risky',
    patterns: [
      'exclusive|exclusively ~1 neighborhood|community|area|enclave|address|club|gated|residents|living|for|setting|location|street|development|section|building',
      'restricted community|neighborhood|area|building|section',
      'private|exclusive|elite|prestigious|right sort|kind|type of people|person|crowd|neighbors|tenant|buyer',
      'private community',
      'membership approval|available to approved',
      'executive ~1 neighborhood|community',
      'discriminating|discerning ~1 families|residents|people|neighbors',
      'board approval required',
      'traditional|fashioned neighborhood|community',
      'traditional|family|community|christian values',
      'elite|select|upper class|blue blood ~1 neighborhood|community|area|residents|enclave',
    ],
    except: [
      'exclusive listing|agent|right|rights|use|of|access',
      'exclusively ~1 for sale|listed|by|through',
      'deed restricted',
      'age restricted community',
    ],
    instead: 'name the amenity itself, such as the gate, the clubhouse or the homeowners association',
  },
];
