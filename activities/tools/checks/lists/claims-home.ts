/**
 * What a text on a home may claim. A line is one claim: `spelling / spelling < what implies it ! where it means something else`, all patterns
 * of `phrasePattern()`. Of a slot with alternatives the text's own word must be in the facts; other spellings of the line stand for each other.
 */
export const homeClaims = `
pool / swimming pool < pool ! pool table|cue|hall|ready|party|house|noodle / room|space|spot for ~2 pool / car pool / pool of / community of pool
heated|indoor|outdoor|infinity|saltwater|lap|plunge|rooftop|inground|sparkling|resort pool
inground|in ground pool
pool table / billiard*
hot tub / jacuzzi / whirlpool tub? / spa tub / jetted tub < spa
spa bath|bathroom|shower|like|inspired|style < spa
sauna
steam room|shower / steam room
tennis|pickleball|basketball|volleyball|bocce|sport|squash|racquetball court
putting green
beach < oceanfront / beachfront / beach ! beach house|towel|bag|day|days|trip|read|chair|cottage|town / at|to|for|on|from the beach
sandy|private|white beach
heated ! heated argument|debate|discussion
citrus tree|trees / citrus < citrus / lemon / orange / lime / grapefruit ! citrus notes|scent
golf course|club|simulator|views|front
home|media theater|theatre|room|cinema / theater room / media room / movie room / screening room ! home office|gym
gym / fitness center|room|studio / exercise room / workout room < gym / fitness ! gym bag|clothes|shoes|wear|rat / the gym / to|from gym
home|private gym < gym / fitness ! home office|theater
plus|dedicated|separate|private|home office|study|den ! private study|office hours
home office / study / office|den|library space|nook|room < study / office / den / library ! post office / home office deduction
library
den
wine cellar|room|fridge|refrigerator|storage|cooler|wall|rack|tasting
wet|coffee|breakfast|dry|juice|snack bar ! dry bar soap
game|rec|recreation|billiard|play|hobby|craft|sewing|music|sun|bonus|flex|mud|laundry|utility|family|great|living|dining|breakfast|powder|guest|steam|cigar|tasting|prayer|meditation|yoga|dressing room ! living|family|dining|great|breakfast room / room
sunroom / sun room / solarium / florida room
mudroom / mud room
bonus|flex room|space / flex room / bonus room
laundry room / utility room < laundry
playroom / game room / rec room / recreation room < game room / playroom
loft ! loft mattress|volume
attic
basement / cellar / lower level < walkout / cellar ! wine cellar / basement prices
finished|walkout|daylight|full|unfinished|partially basement|cellar|level|attic ! full level
crawl space
guest|carriage|pool|coach|tree|bunk|boat|play house|cottage|suite|quarters|apartment|wing|cabin / guesthouse / casita / in law|laws suite|apartment|quarters|unit / granny flat / adu= / accessory dwelling / mother in law < guest / casita / carriage / in law
maid|nanny|staff|servant room|quarters|suite
elevator / lift ! lift|lifts the|your|a|like|off|out|up|with|from
spiral|grand|floating|curved|sweeping staircase|stairs|stair
fireplace / hearth / wood|gas burning? fire ! hearth and home
gas|wood|stone|brick|marble|electric|granite|sided|double|corner|outdoor|burning|masonry|tile|tiled|shiplap fireplace|hearth ! outdoor fire
fire pit|bowl / firepit
wood|pellet stove
outdoor kitchen|shower|fireplace|speaker|bar|oven|grill|living|dining|lighting|room ! outdoor living|dining
built in grill|barbecue|bbq|bbqs=|bookcase|bookshelf|bookshelves|shelving|shelves|cabinet|cabinets|desk|speaker|bar|seating|bench / built ins= < built in|ins
grill|barbecue|bbq ! grill pan|marks|a|your|up|master / barbecue|bbq ready|weather|season
pizza oven
patio < terrace / courtyard ! patio umbrella|weather
deck ! deck of|out|the / decked out
rooftop|roof deck|terrace|garden|patio|lounge|access / roof deck|terrace
balcony|balconies / juliet balcony
terrace
veranda|lanai|porch / veranda / lanai / porch < porch / veranda / lanai
wraparound|wrap|screened|sleeping|covered|front|back|sun porch|patio|deck|veranda|lanai ! front|back deck / around porch
courtyard / walled garden
gazebo|pergola|arbor|trellis|cabana|pavilion|greenhouse|conservatory|treehouse|playset|playground|swingset|trampoline|shed|workshop|studio|barn|stable|paddock|corral|arena|dock|pier|boathouse|silo|kennel|coop|chapel|vineyard|orchard|pasture|pond|creek|waterfall|boardwalk|marina|helipad|hangar|observatory|turret ! studio apartment|sound|quality|grade / arena rock / stable on|base|temperature|platform
horse|equestrian stable|stables|barn|facility|facilities|property|paddock
fenced|fence yard|garden|lot|back|front|in|perimeter / fenced / fence / private|picket fence < fenced / fence / walled ! fence line / on the fence
yard / backyard / back|front|side yard / garden < yard / garden / lot / acre / patio / orchard / deck ! cubic yard / garden fresh|party / yards of / yard sale
gated entry|entrance|community|driveway|property|parking|access / gated / security|iron gate / gate house < gate / gated
clubhouse / club house
concierge / doorman / front desk / attended lobby < doorman / concierge / 24 hour
valet parking|trash|service
dog|pet|bark park|run|washing|wash|spa / dog park
ev|electric charging|charger|ready|car|vehicle|outlet / ev charger / car charger / charging station|stations
solar|photovoltaic / solar panels|array|power|system|roof ! solar system model|noon
generator
geothermal
tesla|powerwall|battery wall|backup|storage / powerwall
radiant|heated|warm|underfloor floor|floors|flooring|heat|heating / heated floor / floor heating / warm floor underfoot? / radiant heat ! heated pool
central|forced air|ac|cooling|heat|heating|conditioning|vacuum|vac
air conditioning / air conditioned / ac= / central air / hvac / mini split / air con / cooling system < cooling / air / hvac / ac= / split ! # ac
heat pump
new|newer|newly roof / roof replaced|new < roof replac*
new|newer|newly hvac / hvac replaced|new < hvac replac*
new|newer|newly windows / windows replaced|new < windows replac*
new|newer|newly furnace|appliances|kitchen|paint|carpet|flooring|floors|bathroom|boiler|heater|septic|siding|deck|plumbing|wiring|electrical|cabinets|countertops|fixtures|lighting|landscaping|driveway|fence|insulation ! new kitchen staple|favorite|tool|essential|companion / new floor lamp
new|newly|recently|freshly|completely|fully|tastefully|beautifully|extensively|totally|just renovated|remodeled|remodelled|updated|refreshed|rebuilt|upgraded|painted|refinished|restored|modernized / renovated / remodeled / gut renovation / updated kitchen|bath|bathroom|throughout|systems|home|plumbing|electrical / upgraded < renovat* / remodel* / updated / redone / rebuilt / refresh* / upgrad*
new|newly|recent|brand construction|built|build / brand new
slate|metal|tile|shingle|cedar|copper|tin|thatched|clay|asphalt|standing roof / roof < roof ! roof over|of / under|one|same|up roof / through|raise the roof
granite|quartz|marble|quartzite|soapstone|concrete|butcher|laminate|corian|tile|limestone|travertine|onyx|stone|wood|solid|dekton counter|counters|countertop|countertops|block|island|worktop|surface|surfaces ! stone|wood surface|surfaces
butcher block
stainless|steel appliance|appliances|sink|fridge|refrigerator|range|oven / stainless appliances < stainless
black stainless
hardwood / hardwood floors|flooring / hardwoods= < oak|maple|hickory|walnut|cherry|ash|mahogany|hardwood|teak floor|flooring / parquet / pine floors / hardwood
wood|oak|maple|hickory|walnut|cherry|pine|bamboo|cork|tile|tiled|stone|marble|slate|vinyl|laminate|parquet|plank|planked|herringbone|terrazzo|concrete|ceramic|travertine|brick|engineered|brazilian floor|floors|flooring|floorboards|boards|planks / wide plank floors|boards|pine|oak / oak|maple|hickory|walnut|cherry|pine|bamboo floors < hardwood ! cutting|concrete|serving|wood|oak|walnut|bamboo|maple|cheese board
luxury vinyl plank|tile|flooring / lvp=
carpet|carpeting|carpeted / wall to wall ! carpet cleaner|safe|ride|cleaning / red carpet
crown molding|moulding|moldings / molding|moulding ! injection|molding process
wainscoting / wainscot / beadboard
coffered|tray|beamed|tin|coved ceiling|ceilings
shiplap
board and batten
chair rail
bunkhouse|airstrip|runway|outbuilding|homestead|chicken|loading house|coop|dock / bunkhouse / airstrip
vaulted|cathedral|coffered|tray|beamed|soaring|high|tall|lofty|double|foot|barrel|tin ceiling|ceilings / vaulted < vaulted / cathedral / foot ceilings / high ceilings / ceiling height / lofty
exposed|wood|ceiling|timber|original|reclaimed beam|beams / post and beam ! high beam / laser beam / beams of
exposed brick|ductwork|beams|stone|pipe / brick wall|walls < brick
plantation|hurricane|storm|security|bahama|motorized shutters|blinds|shades
farmhouse|apron|undermount|vessel|pedestal|prep|trough sink
coworking|business|conference|co center|lounge|room|space|working / coworking
crystal chandelier
wall|double|steam|warming oven|drawer
reclaimed|barn beams|beam
updated ! stay|stays|be|get|keep updated / updated listing
climate|temperature controlled|control
skylight|skylights
floor to ceiling / wall of windows|glass / walls of glass / picture|bay|bow|oversized|dormer|stained|transom|arched|clerestory|casement|leaded|double|triple|impact|storm window|windows|glass|pane|paned|glazed|glazing < window|windows ! glass bay
bay|bow window
stained glass
french|pocket|barn|sliding|dutch|accordion|nanawall|folding|bifold door|doors
chandelier|sconce|pendant|recessed|track light|lights|lighting|lamp / chandelier / sconce / recessed|can lighting|lights
ceiling fan|fans
house|attic fan
pot filler
towel rack|warmer|bar
hour|time|gated|guarded|armed|onsite security|guard|guards|patrol
chef|chefs|gourmet|cook|cooks|professional|commercial|designer|dream|custom|eat|in|galley|open|updated|modern|white|country|catering|second kitchen|range|appliances / chefs kitchen / gourmet kitchen / eat in kitchen ! in kitchen|kitchens / modern|white|country|open|dream|second|custom|designer kitchen / professional range / in range / open range / cook|cooks range|appliances / custom|modern|white|updated appliances
open concept|plan|floorplan|layout|floor|kitchen / open floor plan / open plan < open ! open floor
island / center|breakfast|waterfall|large|oversized island ! island of|life|time|vibe / island living / treasure|rhode|long|desert|barrier|sea island|islands
pantry|larder / walk in pantry / butlers pantry / butler pantry < pantry / butler ! pantry staple|staples|shelf|door
butler|butlers pantry
breakfast nook / breakfast room / dining nook < nook / breakfast
walk in closet|closets|wardrobe|pantry|shower|tub / walkin closet
closet system|systems|organizer / custom closet / california closet
soaking|clawfoot|freestanding|claw|garden|jetted|copper|japanese|jacuzzi tub|bathtub|foot|bath ! copper foot
double|dual|his|twin|two vanity|vanities|sink|sinks
rain|walk|frameless|glass|steam|tiled|outdoor|roll shower|showerhead|enclosure / rain shower ! glass enclosure
en suite / ensuite < suite / bath / bathroom
primary|owner|owners|main|principal|master suite|retreat|wing / primary suite < suite / primary / bedroom ! main suite
bidet / japanese toilet / smart toilet
subway|porcelain|mosaic|ceramic|zellige|marble|glass|designer|custom|spanish|moroccan|handmade|tile tile|tiles|backsplash
wolf|viking|miele|bosch|subzero|thermador|gaggenau|kitchenaid|samsung|lg|whirlpool|ge|kohler|sonos|nest|ring|lutron|crestron|dyson|anderson|andersen|pella|carrier|trane|lennox|hunter|bertazzoni|smeg|aga|liebherr|fisher|cambria|caesarstone|silestone|carrara|calacatta ! nest of|in / ring of|the|in / lg fan / hunter|fisher green / ge=
sub zero ! sub zero temperatures|weather|conditions|cold|nights|winter
gas|induction|electric|double|convection|pro|commercial range|stove|cooktop|oven|ovens|hob ! electric stove top / gas|electric ,? induction
dishwasher ! dishwasher|dishwashers safe|friendly|proof|and safe / into|in|skip|skips|the dishwasher / top|bottom rack dishwasher
washer|dryer / washer and? dryer / w d= / laundry in|machines|hookups|connections / in unit|suite|home laundry|washer / hookups < laundry / washer ! pressure washer / hair dryer / dryer sheets
in unit|suite|apartment laundry / in unit|suite|apartment washer / in unit|suite|apartment dryer
microwave|freezer|garbage|disposal|compactor|icemaker ! microwave|freezer safe / microwave|freezer and / microwave|freezer|fridge|oven|dishwasher to / in|into|to|for|the microwave|freezer / freezer burn
smart home|thermostat|lock|locks|lighting|lights|speaker|appliance|appliances|tv|doorbell|technology|system|features|controls ! smart home|homes buyer
alarm|security|surveillance|camera|video system|systems|cameras|doorbell / security system / alarm system < security / alarm / camera ! camera bag|strap|lens
intercom
sprinkler|irrigation / sprinklers system? / irrigation system < sprinkler / irrigation
tankless|water|on heater|demand / tankless ! water on|demand / space heater / on demand video
water softener|filtration|filter|purifier
septic|sewer|well|municipal|city system|tank|water / septic ! city|well system|tank / water tank
fiber|gigabit|high internet|speed|broadband|optic / fiber internet / high speed internet ! high|fiber speed|settings|fill|content
attached|detached|heated|oversized|rv|tandem|underground|private|carport|subterranean|climate garage|parking|carport / carport
garage / carport / parking space|spot|place|stall|garage / parking / off street parking / driveway < garage / parking / carport ! street parking / park|parking lot
deeded|assigned|covered|underground|reserved|guest|secure|valet|off|ample|private parking|spot|space
circular|long|paved|gravel|gated|heated|private driveway|drive ! long|private drive / drive time
rv|boat parking|pad|access|storage|slip|lift|ramp|hookup|launch|dock
cul de sac / culdesac
corner lot|unit|location ! corner location
waterfront / lakefront / oceanfront / beachfront / riverfront / bayfront / canalfront / on the water|lake|ocean|river|beach|bay / water frontage < waterfront|lakefront|oceanfront|beachfront|riverfront ! easy|light on the water|ocean
lakefront / lakeside / on|overlooking the lake / lake front
oceanfront / ocean front / on the ocean
beachfront / beach front
riverfront / riverside
lake|ocean|sea|water|river|bay|harbor|harbour|beach|private|deeded|gulf|marsh access|frontage
ocean|sea|water|lake|river|bay|harbor|harbour|mountain|city|skyline|golf|valley|canyon|park|garden|panoramic|sweeping|sunset|bridge|downtown|forest|woods|treetop|hill|ridge|vineyard|territorial|degree|creek|gulf|intracoastal|marina|pond|courtyard|breathtaking|unobstructed|protected view|views|vista|vistas|panorama
view|views|vista|vistas|overlooks|overlook|overlooking < view|vista|overlook* ! view|views our|the|it|this|your / point|points of view / overlook the|a|it|this
mountain|ski in|side|lodge|slope|lift|slopes / ski in / ski lockers
wooded|treed|level|flat|sloping|landscaped|manicured|mature|private|oversized|double|flag|terraced lot|acreage|grounds|trees|landscaping|garden ! private|mature garden / private lot|grounds / double lot
landscaped|landscaping / manicured / mature trees|landscaping|garden < landscap* / garden / trees
trees|oaks=|maples=|pines=|palms=|redwoods=|roses=|lavender|fig|lemon|lime|avocado|olive|peach|cherry|pear|apple tree|trees|grove|orchard|bushes|vines|hedge
fruit|shade|palm|oak|maple|pine|apple|redwood|magnolia tree|trees
raised|vegetable|herb|rose|zen|botanical|rooftop|secret|butterfly garden|beds|gardens
hoa|homeowners fee|fees|dues|association / hoa= < hoa|condo|association ! no hoa
no hoa / no association|monthly fees|dues / without hoa
historic|landmark|victorian|craftsman|tudor|colonial|georgian|mediterranean|ranch|bungalow|cape|midcentury|mid century|modernist|contemporary|farmhouse|art|deco|brownstone|rowhouse|townhouse|duplex|triplex|penthouse|loft|cottage|cabin|chalet|villa|mansion|estate|spanish|queen|anne|italianate|federal|prairie|brutalist|a frame|split|log|adobe|pueblo style|home|house|revival|charm|architecture|cod|design|bungalow|gem|beauty|residence|details|detail|farmhouse|cottage|frame|level ! estate home / modern home / contemporary home|design|style / art style|design / split home|design|level|charm / loft style
penthouse|duplex|triplex|brownstone|bungalow|farmhouse|chalet|villa|mansion|cottage|cabin|townhouse|townhome|condo ! cottage cheese / cabin crew|fever|pressure|bag / farmhouse sink|table
award|winning|renowned|famed|celebrated|famous architect|architects|designer|builder / architect|designer designed / designed by
move in ready / turnkey / turn key < renovat* / updated / turnkey / remodel* / new / move / built 20*
furnished / fully furnished / furniture included < furnished / furniture
pet|dog|cat|pets|dogs|cats friendly|welcome|allowed|ok / pets welcome|allowed < pet|pets|dog|cat
utilities|heat|water|electricity|electric|gas|internet|cable|trash|wifi ~2 included|paid
rent|rental|income|investment|airbnb|cash income|unit|potential|property|producing|flow|tenants / rental income
adu= potential|ready|permitted
zoned|zoning / subdividable / development potential
low|no taxes|tax|dues|maintenance ! low maintenance
low|no maintenance / easy care / maintenance free
energy|power efficient|efficiency|saving|star / energy star / energy efficient / leed / passive house / net zero < led= / efficien* / energy / solar / tankless / heat pump / insulat* / smart thermostat
storage|bike room|unit|locker|space|cage|shed|lockers ! storage space|bag|case|box / bike storage rack
ample|generous|abundant|plenty|lots storage|closet|cabinet|cabinetry|counter|of ! plenty|lots of / abundant counter
shaker|custom|cherry|maple|oak|walnut|white|gray|navy|soft|inset|flat|two cabinet|cabinets|cabinetry|close|millwork ! soft white|gray / two close / white|gray|custom close
smart|walkable|bikeable|vibrant|bustling downtown
near|close|minutes|steps|blocks|moments|walk|walking|stroll|adjacent|next|block|distance|easy ~3 downtown|beach|ocean|lake|park|train|metro|subway|station|shops|shopping|restaurants|dining|hospital|university|college|campus|airport|freeway|highway|interstate|trail|trails|market|golf|transit|bus|library|ferry|marina|river|ski|slopes|mall|stadium|cafes|pier|museum|village < walk|walkable|transit|distance|near|nearby
flood|fire zone|insurance|station
handicap|wheelchair|ada accessible|ramp|compliant / step free|less / accessible shower|entrance|bath|bathroom|entry / roll in shower / grab bars < accessible / ramp / wheelchair
`;
