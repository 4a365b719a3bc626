import { stemOf } from '../stems';

/** Nouns that claim nothing by themselves: every home or product has them, or they are a matter of taste. */
const PLAIN =
  'space area place room bedroom bathroom bath kitchen home house residence property apartment unit condo building interior exterior layout floor flooring level story design style detail touch character charm comfort ' +
  'convenience warmth light living life lifestyle feel look sense style finish quality material ingredient fabric component part piece everything anything all more plenty lot enough option choice feature amenity storage counter ' +
  'cabinet closet wall ceiling window door entry entrance hallway yard outdoors access setting view location neighborhood community street care love pride purpose precision attention you mind thought intention ease kind sort ' +
  'array range variety selection number pair couple set collection mix blend combination balance contrast body shape form size color tone texture line silhouette profile surface edge top base bottom side front back inside outside ' +
  'frame handle lid case bag box pack strap pocket sleeve button closure hardware accessory extra tool essential benefit performance power result experience day night morning evening year season time week weekend moment ' +
  'hour minute family friend guest people person hand eye heart world city town beginning end start future past history story memory dream idea promise spirit energy joy peace privacy sunlight breeze appeal elegance beauty ' +
  'flow potential opportunity gathering entertaining relaxation instruction order step way job work play use user product item model version line brand name price value fact information support service bones flair flexibility versatility ' +
  'flour comp laptop phone computer company neighbor neighborhood bill steak coffee tea wine dinner meal breakfast lunch kid dog cat pet child rain snow sun water air wind fire ice music book movie game sport travel trip adventure trail mountain ocean nature ' +
  'garden weather summer winter spring autumn fall job task project challenge problem question answer reason chance confidence control focus rest sleep skin hair face body head foot leg arm back shoulder wrist finger noise sound silence mess clutter ' +
  'space headroom legroom capacity strength grip touch precision accuracy speed access reach height width depth length weight thing something nothing kindness laughter conversation soul heart nod twist hint touch wink smile promise guarantee ' +
  'favorite classic staple companion partner place home base corner spot nook view light shade shadow glow sparkle shine sheen patina age ageing everyday week finesse flavor taste aroma scent crunch bite texture drape fit wear tear stain spill ' +
  'function functionality durability reliability efficiency simplicity appliance fixture upgrade update system one two three four five six seven eight nine ten dozen half zone sqft square feet bed';

export const plainNouns: ReadonlySet<string> = new Set(PLAIN.split(' ').map(stemOf));

/** Compounds that praise and do not claim. */
export const freeCompounds: ReadonlySet<string> = new Set(
  (
    'worry-free stress-free hassle-free care-free fuss-free mess-free guilt-free trouble-free drama-free clutter-free pain-free regret-free carefree time-tested road-tested future-proof fool-proof idiot-proof ' +
    'camp-tested trail-tested kitchen-tested weekend-proof fun-filled light-filled sun-filled sunlight-filled history-filled action-filled flavor-filled tree-lined people-powered hands-free shade-grown self-powered ' +
    'user-friendly budget-friendly guest-friendly beginner-friendly well-made home-made custom-made ready-made purpose-made photo-friendly wallet-friendly crowd-friendly beginner-friendly ' +
    'art-filled joy-filled book-lined memory-filled character-filled debt-free tear-free error-free'
  ).split(' '),
);
