/** What a text on a product may claim; see `claims-home.ts` for how a line is read. */
export const productClaims = `
waterproof / water proof < ipx7 / ipx8 / ip67 / ip68 / waterproof / submersible
water|splash|rain|weather resistant|repellent|repelling|shedding|tight|ready / weatherproof / splashproof / splash proof / sheds water|rain < waterproof / water resist* / weather / ipx4 / ipx5 / ip54 / dwr= / coating
rain|snow|storm|wind|weather proof
leakproof / leak proof|free|resistant / spillproof / spill proof|resistant|free / seals without ~2 drip / drip free / no leaks|leaking|spills / never leaks < leak / spill
shatterproof / shatter proof|resistant / unbreakable / break resistant / indestructible < shatter / tempered / unbreakable
drop proof|tested|resistant / shockproof / shock proof|resistant|absorbing < shock / drop
crush|dent|chip|crack proof|resistant
rustproof / rust proof|resistant|free / corrosion resistant|proof / tarnish resistant|free|proof < stainless / rust / titanium / aluminum / tarnish / corrosion
scratch|stain|wrinkle|fade|odor|odour|heat|fire|flame|uv|tear|abrasion|slip|skid|mold|mildew|moth|dust|tangle|puncture|impact|pill|sweat|fog|chlorine|oil|grease|scuff|kink|rip|bite|chew|tamper|smudge|fingerprint|bacteria|germ|pest|frost|bleach|smell resistant|proof|free|retardant|repellent|repelling|blocking
nonslip / non slip|skid / anti slip|skid / antislip / no slip / grippy|rubberized base|feet|sole|grip|bottom < slip / skid / rubber / grip
nonstick / non stick
machine wash|washable / washing machine / washable / toss|throw|goes ~4 wash|washer|machine / easy to? clean|wash < machine wash* / washable / dishwasher / wash / clean / care
machine wash|washable / goes ~3 washing machine / washing machine < machine wash* / washable
dry clean|cleaning only? < dry clean
hand|spot wash|clean|washable only? < hand|spot
tumble|line dry
dishwasher safe|friendly|proof / goes ~3 dishwasher / in|into the dishwasher < dishwasher safe
microwave|oven|freezer|fridge|stovetop|flame|broiler safe|proof|ready|friendly / microwavable / into the oven|microwave|freezer / freezer to oven < microwave|oven|freezer safe ! microwave dinner
induction ready|compatible|safe|hob / induction < induction
bpa free / bpa= / bpas= / free ~3 bpa
phthalate|paraben|sulfate|sulphate|silicone|fragrance|gluten|dairy|sugar|nut|soy|lactose|alcohol|aluminum|fluoride|pvc|pfoa|pfas|ptfe|lead|cadmium|chemical|formaldehyde|latex|nickel|toxin|cruelty|plastic|gmo|additive|preservative|caffeine|talc|mineral|dye|oil|grain|allergen|flicker|glare|vibration|maintenance|tangle|battery|smoke|ash|subscription|tool|noise|scent|perfume|animal|palm|zinc|solvent|voc|perfluor* free / non gmo
gmo= / non gmo
unscented / scent|fragrance|perfume free / no fragrance|perfume|scent < unscented / fragrance free / scent free / fragrance
scented
non|nontoxic toxic / nontoxic / toxin free / non toxic < nontoxic / toxic / water based
food|medical|surgical|aircraft|aerospace|marine|military|commercial|hospital|restaurant|lab|laboratory|professional|pro|industrial|studio|automotive|contractor|barista|salon|museum|archival|hotel|race|bank|pharmaceutical|reagent grade|quality|strength|level ! hotel|studio|restaurant|professional|museum|commercial|pro quality|level / military time
organic|certified organic cotton|ingredients? / organic < organic ! organic shape|shapes|form|forms|curve|curves|line|lines
vegan|vegetarian|plant|keto|paleo|kosher|halal|raw|whole30 based|friendly|certified|formula|leather / vegan / plant based / keto / paleo / kosher / halal < vegan / plant ! plant stand|pot|lover|lovers|a|it|your|life|food / raw edge|materials|material|denim|power
cruelty free / not|never tested on animals / no animal testing / leaping bunny < cruelty free / animal
gluten|dairy|sugar|nut free
hypoallergenic / allergy friendly / allergen free
antibacterial / anti bacterial|microbial|fungal / antimicrobial / bacteria resistant / germ resistant|killing|free / odor control|fighting|free / silver ions
dermatologist|pediatrician|doctor|doctors|physician|dentist|vet|veterinarian|ophthalmologist|allergy|clinically|lab|laboratory|chef|chefs|expert|scientist|nutritionist|nasa|trainer tested|recommended|approved|proven|formulated|developed|endorsed|designed|trusted|backed 
clinically proven|tested|studied
recommended|endorsed|trusted|prescribed|preferred by < recommend* / endors* / prescrib*
recommended|endorsed|approved|trusted|tested|loved by ~1 doctors|dermatologists|dentists|experts|professionals|chefs|pediatricians|vets|physicians|athletes|scientists|nutritionists ! lab backed
scientifically|medically|independently|third party? proven|tested|verified|formulated|certified|backed / third party tested
fda|epa|usda|ce|ul|etl|fcc|rohs|csa|nsf|iso|astm|cpsc|tuv|gs|bifma|greenguard|oeko|gots|grs|fsc|pefc|rds|bluesign|bcorp|leed|intertek|cpsia|reach approved|certified|listed|compliant|registered|tested|tex|standard|rated|cleared|cotton|wood|certification ! reach standard|listed / certified cotton|wood
fda=
usda=
oeko tex
gots=
bluesign
greenguard
fsc=
astm=
nsf=
bifma=
b corp
fair trade / fairtrade
rainforest alliance
woolmark
non gmo project
leaping bunny
energy star
certified|certification / certified < certif* / standard / oeko / fsc / gots / astm / tested
patented|patent|proprietary / patented / patent pending / proprietary ! patent leather
award|prize winning|winner|winners / award / awarded / winner of / won ~3 award|prize|medal / red dot / prize winning
best selling|seller|sellers|rated|reviewed|known|in / bestselling / bestseller / top rated|selling|seller|ranked|reviewed / highest rated|reviewed / most popular|trusted|loved|awarded|reviewed|advanced|sold|wanted / number one / 1= rated|selling|choice|brand|bestseller|in|best / five star / critically acclaimed / fan|customer|editor|editors|staff favorite|favourite|pick|choice / as seen on|in / featured in / world|worlds|industry|market leading|first|only|best|lightest|fastest|thinnest|smallest|leader|strongest / leading brand|choice|experts ! best in show / best known
lightest|fastest|thinnest|smallest|strongest|quietest|slimmest|warmest|largest|longest|cheapest|sharpest|brightest|toughest|safest|biggest|highest|lowest|tallest ! at|its|on|in ~4 lightest|fastest|smallest|quietest|warmest|largest|longest|brightest|highest|lowest / quietest|brightest|warmest corner|room|days|nights|mornings|hours|hour|days / longest day|night|haul|flight|run|meetings / toughest jobs|days / smallest space|spaces|room|rooms|kitchen|kitchens|detail|details|apartment|of / biggest day|mug / highest setting|shelf / lowest setting
lifetime|limited|year|month|manufacturer|extended|money|satisfaction|full|transferable warranty|guarantee|guaranteed|back ! full|money guaranteed / full back / year back / back in
lifetime warranty|guarantee / guaranteed|backed|warranted for life / guarantee for life / lifetime < lifetime / for life ! lifetime of|favorite / of|once|in|a lifetime
warranty|warranted|guarantee|guaranteed / warranty / guarantee / guaranteed / backed for < warrant* / guarant* / lifetime
money back / satisfaction guaranteed|guarantee / risk free|trial / day|night|free trial|returns / free returns|exchange < return / trial / money back
free|same|next|fast|overnight|express|two|worldwide|prime|carbon shipping|delivery|returns|day|gift|dispatch / free shipping / ships free / ships|delivered in|within|same|next ! two|next|same|free|fast day / free day|gift
limited|numbered edition|release|run / limited edition ! run time
handmade / hand made|crafted|sewn|stitched|woven|painted|blown|finished|poured|forged|thrown|carved|knotted|dyed|built|assembled|picked|rolled|cut|tufted|hammered|polished|loomed|dipped|printed|tied|selected|glazed|turned|knit|knitted|welded|bound|spun|embroidered / handcrafted / handwoven / handsewn / handblown / by hand / artisan|artisans|artisanal ! wash|washes|washed|clean|cleaned|hand ~3 by hand / crank|grind|mix by hand / artisan|artisanal bread|loaf|coffee|cheese / hand built|selected|cut
small batch|batches
family|woman|women|veteran|minority|black owned
locally|ethically|sustainably|responsibly|traceably made|sourced|produced|grown|harvested|manufactured|crafted / fair trade / ethical / ethically
sustainable|sustainably / eco friendly|conscious|safe / ecofriendly / environmentally|earth|planet friendly|safe / green materials|product / sustainable < sustain* / eco / recycl* / organic / fsc / compost* / biodegrad* / renewable / reclaimed
carbon|climate|plastic neutral|negative|positive|footprint
zero waste
recycled|recyclable|upcycled|reclaimed|repurposed|compostable|biodegradable|refillable|reusable|renewable|repairable|rechargeable ! reusable|repairable bag
rechargeable / recharges / usb charging / battery < recharg* / usb / battery / charg* / mah= ! aa|aaa
cordless / wireless / cord free / battery powered|operated / untethered < wireless / cordless / bluetooth / battery / wifi ! wireless router / wireless|cordless drill
battery life|powered|operated|pack|included|backup / batteries included|needed|required / battery powered|operated / playback / playtime|runtime < batter* / charge / playback
battery powered|operated
fast|quick|rapid|wireless|solar|magnetic|usb|pass|reverse|qi|inductive charging|charge|charger|charges / quick charge / magsafe
usb port|ports|c|powered|rechargeable|outlet|cable|hub|charging|a / usb= / usbc / type c ! usb=
hdmi|ethernet|aux|thunderbolt|displayport|nfc|gps|lte|5g|4g|rfid|zigbee|matter|thread|airplay|chromecast|cellular|infrared|lidar|ultrasonic ! no|not|does|doesnt|will|what|matter|matters|whats matter|matters|most|less|more|how|to|where|when / matter|matters how|what|where|when|of|most|in / matter / thread count|counts|through|the|size|of|it / thread / reading matter
matter compatible|support|enabled|certified|ready
bluetooth
wifi|wi fi|enabled|connected|connectivity / wifi / wi fi / internet connected
app|smartphone|phone|remote|voice|gesture|wifi|touch|motion|alexa|siri|google|gesture controlled|control|controls|connected|enabled|compatible|activated|integration|assistant|screen|sensor / companion|mobile|phone|free|the|our|with|dedicated app / app / ios and android ! phone|the|remote|our|free|mobile connected|compatible|controlled|screen|control / google search
alexa
siri
google home|assistant|nest
homekit|smartthings|ifttt
uv= ! uv rays
spare|replacement|bonus|backup battery|blade|filter|lid|cartridge|head|bulb|part|key|tire|pad|brush
perforated|embossed|gilded|laminated|spiral|hardbound|debossed
stone paper|effect|top
voice|touch|remote|gesture|motion|app|temperature|climate|volume|tone control|controls|controlled|activated|assistant|sensor|sensing|sensitive|screen|dimmer ! temperature|touch screen time / climate|tone control
voice control|controlled|activated|assistant|commands
touchscreen / touch screen
touch sensitive|control|dimmer|sensor|screen
touchscreen / touch screen
lcd|led|oled|digital|backlit|color|amoled|retina|hd|4k|8k|uhd|hdr display|screen|light|lights|lighting|bulb|readout|panel|timer|thermometer|scale|indicator|strip ! color light|lighting|scale|strip / digital light
led= / leds=
built in timer / digital|programmable|adjustable|countdown|sleep|integrated timer / timer function|setting|settings
auto|automatic shut|shutoff|off|shutdown / shutoff / automatic shutoff
keep warm
heart rate / pulse monitor|sensor|tracking
step counter|tracker / pedometer
gps=
sleep tracking|tracker|monitor
blood oxygen|pressure
altimeter|barometer|compass|accelerometer|gyroscope|hygrometer|oximeter
thermometer
thermostat
noise|sound|echo cancelling|canceling|cancellation|isolating|isolation|reduction|reducing|deadening|proof|proofing|insulating|absorbing|dampening|blocking / anc= / soundproof / noise cancelling < anc / noise ! sound reduction / soundproof
surround|spatial|dolby|lossless sound|audio|atmos / surround sound
stereo < stereo
dolby
subwoofer
hi|high fi|fidelity|res|resolution sound|audio|speaker? / hi fi
lossless
sound|sounds effects|machine|buttons|system / lights and sound|sounds / with sound|music|sirens / plays music|songs|sounds / speaker|speakers / built in? speaker|speakers < sound / speaker / audio / music ! keynote|guest|native speaker
microphone / built in? mic|microphone / mics / speakerphone
camera / webcam / camcorder ! camera ready|bag|bags|gear|insert|strap|lens|equipment / on|for|your camera
built in|onboard|integrated ~1 speaker|light|battery|straw|handle|stand|storage|filter|grinder|timer|scale|microphone|mic|camera|fan|usb|charger|cable|display|sensor|wifi|gps|flashlight|sharpener|mirror|bottle|opener|compass|whistle|lock|pump|magnet|kickstand|hook|thermometer|led|lamp|fridge
and|plus a|an ~2 straw|spout|lanyard|carabiner|kickstand|whistle|sharpener|opener|flashlight|pump|infuser|strainer|steamer|grinder|frother|kettle|whisk|spatula|tongs|ladle|thermos|tray|lid|cover|case|pouch|sleeve|bag|holster|strap|belt|harness|hood|hoodie|collar|zipper|zip|button|buttons|velcro|buckle|drawstring|pillowcase|pillow|sheet|blanket|cushion|mattress|topper|mat|rug|hammock|canopy|umbrella|tent|tarp|awning|hook|hooks|rack|shelf|shelves|drawer|drawers|caster|casters|wheels|footrest|headrest|armrest|armrests|lumbar|recline|recliner|ottoman|mirror|clock|alarm|remote|charger|dock|stylus|keyboard|tripod|gimbal|mount|stand|adapter|cable|cord|earbuds|headset|ladder|toolbox|drill|bits|socket|wrench|blade|blades|gloves|apron|cookbook|recipe|recipes|ebook|guide|sticker|stickers|puzzle|magnet|magnets|lock|locks|padlock|key|keys|helmet|goggles|visor|mirrorless|filter|filters|refill|refills|cartridge|nozzle|hose|sprayer|trowel|planter|saucer|seeds|candle|wick|diffuser|mister|humidifier|razor|comb|tweezers|mirrorball|bell|basket|kickboard|paddle|leash|bowl|toy|treats|crate ! and a ~2 half|day|night|friend|coffee|key|bit
with|includes|include|including|plus|has|have|features|featuring|adds|boasts|offers|contains|packs|gets= ~3 straw|spout|lanyard|carabiner|kickstand|whistle|sharpener|opener|flashlight|pump|infuser|strainer|steamer|grinder|frother|kettle|whisk|spatula|tongs|ladle|thermos|tray|lid|cover|case|pouch|sleeve|bag|holster|strap|belt|harness|hood|hoodie|collar|zipper|zip|button|buttons|velcro|buckle|drawstring|pillowcase|pillow|sheet|blanket|cushion|mattress|topper|mat|rug|hammock|canopy|umbrella|tent|tarp|awning|hook|hooks|rack|shelf|shelves|drawer|drawers|caster|casters|wheels|footrest|headrest|armrest|armrests|lumbar|recline|recliner|ottoman|mirror|clock|alarm|remote|charger|dock|stylus|keyboard|tripod|gimbal|mount|stand|adapter|cable|cord|earbuds|headset|ladder|toolbox|drill|bits|socket|wrench|blade|blades|gloves|apron|cookbook|recipe|recipes|ebook|guide|sticker|stickers|puzzle|magnet|magnets|lock|locks|padlock|key|keys|helmet|goggles|visor|mirrorless|filter|filters|refill|refills|cartridge|nozzle|hose|sprayer|trowel|planter|saucer|seeds|candle|wick|diffuser|mister|humidifier|razor|comb|tweezers|mirrorball|bell|basket|kickboard|paddle|leash|bowl|toy|treats|crate / straw|spout|lanyard|carabiner|kickstand|whistle|sharpener|opener|flashlight|pump|infuser|strainer|steamer|grinder|frother|kettle|whisk|spatula|tongs|ladle|thermos|tray|lid|cover|case|pouch|sleeve|bag|holster|strap|belt|harness|hood|hoodie|collar|zipper|zip|button|buttons|velcro|buckle|drawstring|pillowcase|pillow|sheet|blanket|cushion|mattress|topper|mat|rug|hammock|canopy|umbrella|tent|tarp|awning|hook|hooks|rack|shelf|shelves|drawer|drawers|caster|casters|wheels|footrest|headrest|armrest|armrests|lumbar|recline|recliner|ottoman|mirror|clock|alarm|remote|charger|dock|stylus|keyboard|tripod|gimbal|mount|stand|adapter|cable|cord|earbuds|headset|ladder|toolbox|drill|bits|socket|wrench|blade|blades|gloves|apron|cookbook|recipe|recipes|ebook|guide|sticker|stickers|puzzle|magnet|magnets|lock|locks|padlock|key|keys|helmet|goggles|visor|mirrorless|filter|filters|refill|refills|cartridge|nozzle|hose|sprayer|trowel|planter|saucer|seeds|candle|wick|diffuser|mister|humidifier|razor|comb|tweezers|mirrorball|bell|basket|kickboard|paddle|leash|bowl|toy|treats|crate included|inside ! with the|your|every|any ~3 straw|spout|lanyard|carabiner|kickstand|whistle|sharpener|opener|flashlight|pump|infuser|strainer|steamer|grinder|frother|kettle|whisk|spatula|tongs|ladle|thermos|tray|lid|cover|case|pouch|sleeve|bag|holster|strap|belt|harness|hood|hoodie|collar|zipper|zip|button|buttons|velcro|buckle|drawstring|pillowcase|pillow|sheet|blanket|cushion|mattress|topper|mat|rug|hammock|canopy|umbrella|tent|tarp|awning|hook|hooks|rack|shelf|shelves|drawer|drawers|caster|casters|wheels|footrest|headrest|armrest|armrests|lumbar|recline|recliner|ottoman|mirror|clock|alarm|remote|charger|dock|stylus|keyboard|tripod|gimbal|mount|stand|adapter|cable|cord|earbuds|headset|ladder|toolbox|drill|bits|socket|wrench|blade|blades|gloves|apron|cookbook|recipe|recipes|ebook|guide|sticker|stickers|puzzle|magnet|magnets|lock|locks|padlock|key|keys|helmet|goggles|visor|mirrorless|filter|filters|refill|refills|cartridge|nozzle|hose|sprayer|trowel|planter|saucer|seeds|candle|wick|diffuser|mister|humidifier|razor|comb|tweezers|mirrorball|bell|basket|kickboard|paddle|leash|bowl|toy|treats|crate
memory foam|gel / memory foam
foam ! foam on|at
goose|duck|hungarian|down down|fill|filled|alternative|feather|feathers / fill power
gel infused|layer|memory|foam
insulated / insulation / insulating / double|triple|vacuum wall|walled|insulated|sealed < insulat* / vacuum / wall
padded|padding|cushioned|quilted|upholstered
fleece|sherpa|satin|silk|faux lined|lining
arch support
insole|insoles / footbed
tasseled|tassels|fringed|fringe|ruffled|pleated|embroidered|crocheted|smocked|beaded|sequined
adjustable|adjusts / height adjustable / adjusts to|from|for|in < adjust* / setting / range / level
foldable|folds|folding|collapsible|collapses|packable|stackable|stacks|nesting|telescoping|telescopic|extendable|expandable|reversible|convertible|detachable|removable|interchangeable|modular|magnetic|retractable|inflatable|lockable|locking|swivel|swivels|rotating|tilting|tilts|reclining|rocking|floating|portable ! floating shelf / folds|folding of|laundry|in|into ~2 routine / magnetic personality / folds ~3 butter|eggs|batter / stacks of
fold|fold flat|down|up|away|able / folds flat|down|up|away|into / folding / foldable / collapsible < fold* / collaps*
ergonomic|ergonomically|orthopedic|orthopaedic / lumbar support / posture < ergonom* / lumbar / orthop*
lightweight / light weight / featherweight / ultralight / feather light < weight / light* / gram / ultralight / titanium / aluminum ! weight of light
breathable < breath* / linen / cotton / mesh / merino
moisture|sweat wicking|control|management|absorbing|barrier|proof < wick* / merino
quick dry|drying / dries quickly|fast
thermoregulating / cooling|thermal|temperature fabric|gel|technology|regulating|layer|fibers
stretch|stretchy|stretches|elastic|spandex|elastane|lycra / four way stretch < stretch / elast* / spandex ! stretch|stretches your|out|of|from|across|summer|into|along|dollars / to|good|a|home stretch / stretches summer
uv protection|protective|blocking|resistant|filter|rays / upf= / sun protection
spf=
polarized
blue light blocking|filter|filtering
hands free calling|calls|operation|mode / speakerphone
reflective|glow|high visibility|in|the|vis|strip|dark / reflective / glow in the dark / high visibility ! in the|dark / glow in|in|the|dark
tempered|borosilicate|crystal|frosted|gorilla|sapphire|recycled|stained|safety|smoked|etched|amber|pyrex|lead glass|crystal|clear
memory|preset|program|programmable settings|presets|modes|heights|positions|button|buttons / programmable
customizable|personalized|personalised|monogrammed|monogram|engraved|embossed / made to order|measure / bespoke / custom made|engraving|fit
dimmable / dimmer / dims / dimming
anti aging|wrinkle|frizz|dandruff|acne
floats|floating|buoyant ! floating shelf|stairs|staircase
retinol|collagen|keratin|biotin|niacinamide|peptides|probiotics|prebiotics|hemp|melatonin|squalane|ceramides|glycerin|turmeric|ginseng|chamomile|eucalyptus|rosehip|charcoal|spirulina|matcha|elderberry|echinacea|sandalwood|bergamot|peppermint|electrolytes|omega|collagen|bakuchiol|allantoin|panthenol|lanolin|beeswax|petrolatum
hyaluronic|salicylic|glycolic|lactic|ascorbic|azelaic|kojic acid
vitamin|vitamins c|e|d|a|b12|b|k / vitamins
shea|cocoa|mango|almond|peanut butter
argan|jojoba|coconut|castor|almond|avocado|olive|rosehip|tea|tree|essential|hemp|cbd|marula|sunflower|fish|krill oil|oils
aloe vera? / witch hazel / tea tree / cbd= / apple cider vinegar
visible|proven|noticeable|guaranteed results|difference / results in|guaranteed
refillable / refills
heated ! heated argument|debate|discussion
solar power|powered|charger|charging|panel|panels|cell|cells / solar
resealable|zippable|tamperproof|washable|wearable|submersible|steerable|programmable|flushable|edible|microwavable|trainable
doctors|dermatologists|dentists|vets|experts|pediatricians|chefs|professionals|athletes|critics|scientists|nutritionists recommend|recommends|approve|trust|swear|endorse|prefer|love < recommend* / endors*
keto|paleo|kosher|halal|vegan|vegetarian|kid|travel|diabetic|raw < keto / paleo / kosher / halal / vegan ! kid|travel|raw
kosher
halal
keto
almond|almonds|cashew|cashews|walnuts|pecans|hazelnut|hazelnuts|pistachio|pistachios|peanut|peanuts|chia|quinoa|flaxseed|sesame|sunflower|pumpkin|cranberry|cranberries|blueberry|blueberries|strawberry|strawberries|raspberry|raspberries|goji|acai|raisins|honey|agave|stevia|chocolate|cacao|cocoa|cinnamon|vanilla|turmeric|ginger|garlic|truffle|saffron|espresso|whey|oats=|barley|rye|wheat|buttermilk|caramel|pumpkin ! pumpkin|strawberry|honey gold|red|patch / honey|chocolate|caramel brown|lab|colored / truffle hunt / espresso machine|maker
no|zero|without|less added|artificial|refined? sugar|sugars|preservatives|colors|flavors|sweeteners|salt|ingredients / sugar free / unsweetened
non gmo / non gmo project? verified?
superfood|antioxidants|probiotics|adaptogens|omega|fiber ! fiber internet|optic|optics|arts
chronograph|tachymeter|bezel|date|moon moonphase|window|complication|phase|subdial / chronograph / bezel / moonphase
mineral|sapphire|hesalite|gorilla glass|crystal
quartz|automatic|mechanical|swiss|solar movement
swiss|german|italian|japanese|french|american|english|danish|swedish|korean|portuguese|spanish|canadian made|built|engineered|designed|crafted|movement|quality
footprint|groundsheet|rainfly|vestibule|guylines|lantern|awning / bug|mosquito net ! carbon|small|smaller|tiny|slim|compact|its|the|whose footprint / footprint of|on|that|is
hood|hoodie|cuffs|lining|pleats|darts|lapels|epaulettes|drawstrings|thumbholes ! cooker hood
color coded / colour coded
fingerprint|face|iris scanner|sensor|reader|recognition|unlock
gift|carry|travel|storage|dust|tote|garment|laundry bag|case|pouch
sensor|sensors ! sensor fusion
stain|water|soil guard|shield|barrier
free refills|samples|sample|installation|setup|trial|consultation|gift|engraving|upgrade|upgrades|set|ready|wrap|wrapped|bag / gift boxed ! gift set|bag / the|as|a perfect? gift
dual|double|triple|multi zone|voltage|sided|stitched|boiler|action|stage|tool|purpose|walled|band ! multi|two|dual|double|triple purpose
multi purpose|tool|use|function|functional|speed|port|pack|device|point|pairing / multipurpose / multifunctional / multitool ! multi use / multi purpose / multipurpose / multifunctional / multi functional
plug and? play / no tools|assembly|drilling|wiring / tool free / assembly required / pre assembled / fully assembled / easy|quick|simple assembly|install|installation|setup|set < assembl* / install* / tool / setup ! easy|quick|simple set
child|kid|baby|pet|toddler safe|proof|lock|resistant / childproof / child safety / pet proof|safe / bpa
age|ages|aged
made|built|designed|engineered to ~2 last a lifetime
`;
