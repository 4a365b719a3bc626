/** Materials; see `claims-home.ts` for how a line is read. */
export const materialClaims = `
granite
marble
quartz < quartzite ! quartz movement
quartzite|soapstone|travertine|limestone|terrazzo|corian|onyx|alabaster|basalt|sandstone|bluestone|flagstone|slate ! slate of|clean / clean slate
concrete ! concrete jungle|steps|plan|example|results|proof
brick < brick|brownstone ! brick and mortar
iron ! iron out|on|low|or / to|an|and|no|not|dont iron / iron free / like cast|wrought iron
wrought iron
stainless steel? < stainless ! stainless to
carbon steel
steel ! steel cut|yourself / stainless|carbon steel / nerves of steel
aluminum|aluminium < alumin*
titanium|brass|bronze|copper|pewter|zinc|nickel|chrome|tungsten|tin|platinum|rhodium|magnesium ! brass tacks / tin can|roof|ceiling|cans|tins
gold|silver|rose|gilded plated|plate|trim|trimmed|accents|filled|hardware|finish|tone|leaf|edge|plating|vermeil / 14k|18k|24k|10k gold? / sterling silver? / solid gold|silver
diamond|diamonds|pearl|pearls|emerald|ruby|sapphire|opal|turquoise|moissanite|zirconia|amethyst|topaz|garnet|jade|crystal|crystals|rhinestone ! diamond|pearl pattern|stitch|quilted|district|street|shape|shaped / crystal clear|lake / pearl of
carbon fiber|fibre / kevlar / fiberglass / fibreglass / graphene / tyvek
oak ! oak street|avenue|park|lane|road|drive|ridge|grove|hill
maple|walnut|cherry|mahogany|teak|acacia|bamboo|birch|pine|cedar|hickory|redwood|ebony|rosewood|beech|beechwood|rattan|wicker|driftwood|plywood|mdf|particleboard|poplar|elm|rubberwood|sheesham|mango|olive|balsa|cypress|spruce|fir|mesquite|cork|jute|sisal|seagrass|raffia ! maple|walnut|cherry|pine|cedar|birch|cypress|elm|spruce|teak|hickory|redwood|acacia|poplar|mahogany|beech|mango|olive street|st|avenue|ave|lane|ln|road|rd|drive|dr|court|ct|grove|ridge|hill|hills|creek|way|place|boulevard|terrace|park|valley|smoothie|tomatoes / cherry on|tomatoes|pie|picked / maple syrup / pine for|cone / olive green|oil / mango salsa / olive|pine|fir|spruce|cypress|maple|cherry|mango|walnut|elm|cedar|birch|redwood|apple ~1 tree|trees
solid wood / hardwood < oak|walnut|maple|cherry|mahogany|teak|acacia|beech|birch|ash|hickory|hardwood|solid / hardwood
reclaimed|barn wood|timber|lumber|barnwood
leather ! like|than leather
vegan|faux|full|top|genuine|italian|bonded|patent|real|nappa|saddle leather|grain|fur
suede|nubuck|sheepskin|shearling|cowhide ! suede brush
fur|feather ! feather light|your|weight / fur baby|babies|coat
wool < merino|wool ! steel wool
cashmere|merino|mohair|alpaca|angora|fleece|felt|tweed|flannel|sherpa ! felt like|right|the|that|so|at|as|by|in|a|it|better|good|more / feels felt / steel wool / we|you|it|have|has|is|be|heard|and felt
linen < linen|flax ! linen closet|cupboard|spray
cotton|silk|satin|velvet|denim|canvas|corduroy|chiffon|lace|hemp|flax|muslin|percale|sateen|jersey|terry|chenille|twill|poplin|gauze|seersucker|tencel|lyocell|modal|rayon|viscose|nylon|polyester|acrylic|spandex|elastane|lycra|microfiber|ripstop|cordura|neoprene|mesh|burlap|organza|tulle|boucle|jacquard|gingham ! blank canvas / canvas for / cotton candy|ball|balls|swab / silk smooth / new jersey / jersey city|shore / lace up|ups|them / velvet rope|ropes / like|smooth silk|velvet|satin / acrylic paint|paints|nails / nylon brush / velvet|satin smooth|texture
egyptian|pima|supima|turkish|organic|brushed|combed|ringspun|mulberry|belgian|french|irish|european|peruvian|scottish|mongolian|italian|swiss|japanese|german|danish|scandinavian|swedish|portuguese|english|american|spanish|moroccan|canadian|norwegian|brazilian|austrian|korean|colombian|ethiopian cotton|linen|silk|flax|wool|leather|terry|cashmere|down|steel|oak|walnut|marble|tile|tiles|glass|porcelain|engineering|engineered|engineer|design|designed|craftsmanship|made|crafted|built|milled|woven|brand|grown|beans|crystal|ceramic|motor|movement
plastic < plastic|tritan|polypropylene|polycarbonate ! plastic free / no|not|without|less|zero plastic / single use plastic|plastics / plastic bags|bottles|wrap|cups|straws|waste|bottle
rubber|latex|silicone|vinyl|pvc|polycarbonate|resin|melamine|polypropylene|abs|acrylic|tritan|teflon|bakelite|plexiglass|lucite|styrofoam|eva|tpu ! rubber stamp|band|bands|duck|ducks|boots / plastic|latex|silicone|pvc|vinyl|rubber free / no|not|without|less|zero plastic|latex|silicone|pvc|vinyl / single use plastic|plastics / plastic bags|bottles|wrap|cups|straws|waste|bottle / vinyl collection|record|records / abs workout
glass < glass|borosilicate|crystal ! glass of|in / a|your|every|wine|drinking|pint glass / wine glass|glasses / looking glass / floor to ceiling glass / glass top|tops
ceramic < porcelain|stoneware|terracotta|earthenware|ceramic
enamel|enameled|enamelled < enamel* ! tooth enamel
porcelain|stoneware|earthenware|terracotta
paper|cardboard|kraft|wax|beeswax|soy|paraffin ! paper towel|towels|trail|work|cut|thin|route / on|pen|scratch|wall|news paper / soy sauce|milk / wax poetic / sheet|piece|the|a|your|of paper / paper and|plane|planes|clutter / kraft
powder|clear|ceramic|titanium|nonstick|rubber|enamel|diamond|teflon|dwr|hydrophobic|oleophobic|granite|stone|matte coated|coating / coating < coat* / finish / enamel*
chrome|nickel|brushed|polished|matte|gloss|glossy|satin|lacquered|anodized|galvanized|oxidized|distressed|whitewashed|oiled|hammered|gunmetal|antiqued finish|finished|hardware|nickel|steel|brass|gold|black|white|bronze|aluminum|copper|fixtures|faucet|chrome
`;
