/** Words with a capital that claim nothing: the calendar, what everybody knows, and abbreviations of the trade. */
export const knownNames: ReadonlySet<string> = new Set(
  (
    'monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec ' +
    'mondays tuesdays wednesdays thursdays fridays saturdays sundays christmas thanksgiving halloween easter hanukkah diwali ramadan valentine valentines mother mothers father fathers memorial labor independence day eve new year years ' +
    'english american americans usa instagram facebook pinterest youtube zoom netflix spotify google internet iphone android mac windows realtor realtors mls fha hoa hvac dom faq diy ootd asap rsvp pdf seo url www http https ' +
    'mr mrs ms dr mom dad grandma grandpa santa earth mother nature goldilocks north south east west northern southern eastern western fahrenheit celsius usb led lcd ac dc xs xl xxl bpa spf upf fda usda epa ' +
    'avenue street road drive lane court boulevard terrace place square parkway highway route unit suite apartment floor county ' +
    'open house sale sold price reduced just listed tour today call contact schedule showing showings agent free off plus and the not all but for with you your our one dm link bio pro tip'
  ).split(' '),
);

const STATES =
  'al alabama,ak alaska,az arizona,ar arkansas,ca california,co colorado,ct connecticut,de delaware,fl florida,ga georgia,hi hawaii,id idaho,il illinois,in indiana,ia iowa,ks kansas,ky kentucky,la louisiana,me maine,' +
  'md maryland,ma massachusetts,mi michigan,mn minnesota,ms mississippi,mo missouri,mt montana,ne nebraska,nv nevada,nh new hampshire,nj new jersey,nm new mexico,ny new york,nc north carolina,nd north dakota,oh ohio,' +
  'ok oklahoma,or oregon,pa pennsylvania,ri rhode island,sc south carolina,sd south dakota,tn tennessee,tx texas,ut utah,vt vermont,va virginia,wa washington,wv west virginia,wi wisconsin,wy wyoming';

/** The words of a state's name by its abbreviation. */
export const stateNames: ReadonlyMap<string, readonly string[]> = new Map(
  STATES.split(',').map((state) => {
    const [short = '', ...name] = state.split(' ');
    return [short, name] as const;
  }),
);
