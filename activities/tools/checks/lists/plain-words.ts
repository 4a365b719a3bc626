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
  'function functionality durability reliability efficiency simplicity appliance fixture upgrade update system one two three four five six seven eight nine ten dozen half zone sqft square feet bed';

export const plainNouns: ReadonlySet<string> = new Set(PLAIN.split(' ').map(stemOf));

/** Compounds that praise and do not claim. */
export const freeCompounds: ReadonlySet<string> = new Set(
  (
    'worry-free stress-free hassle-free care-free fuss-free mess-free guilt-free trouble-free drama-free clutter-free pain-free regret-free carefree time-tested road-tested future-proof fool-proof idiot-proof ' +
    'camp-tested trail-tested kitchen-tested weekend-proof fun-filled light-filled sun-filled sunlight-filled history-filled action-filled flavor-filled tree-lined people-powered hands-free shade-grown self-powered ' +
    'art-filled joy-filled book-lined memory-filled character-filled debt-free tear-free error-free'
  ).split(' '),
);
