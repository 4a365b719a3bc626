/**
 * Sentence templates. Slots: {thing} {work} {short} from the topic; {part} {step} {measure} {pitfall} {gain} {people} from its field; a capital
 * first letter (`{Work}`) asks for one. Topics may be singular or plural, so {thing} is never the subject of a verb that would show it.
 */
export const OPENINGS = [
  '{Work} looks simple from a distance and turns out to be a series of small decisions.',
  'Most people who think about {thing} begin with the tools, and most of them wish they had begun with the goal.',
  'There is no shortage of advice on {thing}, yet little of it says what to do on the first day.',
  '{Work} rewards patience: the early choices are cheap to make and expensive to undo.',
  'Anyone who takes {thing} seriously soon meets the same three questions: where to begin, what to leave out, and how to tell that it works.',
  'A good result in {work} is rarely a matter of talent; it is a matter of order.',
  'Ask {people} what they would do differently about {thing}, and the answer is nearly always the same: start smaller.',
] as const;

export const CONTEXT = [
  'What makes the difference is {part}, because everything after it depends on it.',
  '{People} who have been through it describe {gain} as the reason it was worth the effort.',
  'Done with care, {work} leads to {gain}.',
  'The promise is {gain}; the price is a steady look at {part}.',
  'For {people} the appeal is plain: {gain}, without having to change everything at once.',
  'It helps to see {part} and {part} as two halves of one decision.',
  'The rest of the work becomes easier once {part} is settled.',
  'Behind {gain} there is always somebody who took care of {part}.',
  'The goal is not perfection but {gain}.',
  '{Work} has become easier over the years, and {part} has stayed the hard part.',
  'Those who aim for {gain} should plan backwards from it.',
] as const;

export const PARTS = [
  '{Part} deserves more time than it usually gets.',
  '{Part} is where good intentions meet reality.',
  'Much depends on {part}, and little of that is visible at the start.',
  'In practice {part} decides whether the first month goes well.',
  'Two attempts with the same budget can end very differently, and {part} is often the reason.',
  'It is tempting to skip {part}; those who do usually come back to it.',
  '{Part} rarely gets praise when it works, and it takes all the blame when it does not.',
  'A simple rule helps here: if {part} cannot be explained in two sentences, it is not ready.',
  'Opinions differ on many points, but hardly on this one: {part} comes early.',
  'Nobody regrets an extra day spent on {part}.',
  '{Part} looks like a detail until something depends on it.',
  'A second look at {part} often saves a third attempt.',
  'The quiet part of the work is {part}, and it carries the rest.',
  'What outsiders rarely see is how much {part} shapes the outcome.',
  'For {people} this usually comes down to {part}.',
  'Weak spots tend to gather around {part}.',
] as const;

export const STEPS = [
  'A sensible first move is to {step}.',
  'Before anything else, {step}.',
  'It pays to {step}, even when time is short.',
  'The next task is to {step}.',
  'Before going on, {people} with experience {step}.',
  'Once that is done, {step}.',
  'A habit worth keeping is to {step}.',
  'If there is time for one improvement only, {step}.',
  'The advice heard most often is short: {step}.',
  'To keep the effort small, {step}.',
  'Good preparation means to {step}.',
  'Where things are unclear, it helps to {step}.',
] as const;

export const CAUTIONS = [
  'The most common mistake is {pitfall}.',
  '{Pitfall} feels fast at first and costs weeks later.',
  'A warning from {people}: {pitfall} is easy to begin and hard to undo.',
  'What goes wrong most often is not the method but {pitfall}.',
  'Watch for one thing above all: {pitfall}.',
  '{Pitfall} is understandable under pressure, and it is still a poor bargain.',
  'Nearly every account of failure mentions {pitfall}.',
  'It is worth writing on the wall: {pitfall} never saves time.',
] as const;

export const MEASURES = [
  'A number worth watching is {measure}.',
  'Progress shows first in {measure}.',
  'Without {measure}, every discussion about quality stays a matter of taste.',
  'Write down {measure} before the first change, or there will be nothing to compare with.',
  'Two figures are enough to begin with: {measure} and {measure}.',
  'When {measure} moves in the right direction for a month, the foundation is sound.',
  'For a first impression, look at {measure}.',
  'It takes an afternoon to record {measure}, and the result ends many debates.',
] as const;

export const CLOSINGS = [
  'None of this requires a large budget; it requires an order of work and the patience to keep to it.',
  'The best time to look at {part} again is after the first success, when there is room to improve it.',
  'Seen from the end, {work} is less a project than a habit.',
  'Start with one step, measure it, and let the result decide about the next.',
  'What remains is to begin: pick the smallest useful version of {thing}, and finish it this week.',
  'With {gain} as the goal, the individual decisions become surprisingly easy.',
] as const;

export const EVIDENCE = [
  '{Fact}{cited}.',
  'The record supports this: {fact}{cited}.',
  'One finding stands out: {fact}{cited}.',
  'There is evidence for it: {fact}{cited}.',
  'It fits what others report: {fact}{cited}.',
  'As a rule of thumb, {fact}{cited}.',
  'Experience points the same way: {fact}{cited}.',
  'Observation confirms it: {fact}{cited}.',
  'The numbers are clear on this point: {fact}{cited}.',
] as const;

/** Claims for findings; {n} {m} are small numbers, {percent} a share. */
export const CLAIMS = {
  basics: [
    'Projects that begin by settling {part} are finished about {n} weeks earlier',
    '{People} name {part} as the decision they would make first if they started again',
    'About {percent} percent of {people} begin with a small version and extend it later',
    'The first useful result in {work} usually takes {n} to {m} weeks',
    'Those who {step} report fewer changes of direction later',
    '{Part} explains more of the final quality than the choice of tools',
  ],
  practice: [
    '{People} who {step} need about {percent} percent less time for corrections',
    'A fixed weekly look at {measure} finds most problems within {n} weeks',
    'Groups that keep notes on {part} hand over their work in half the time',
    'The habit that experienced {people} mention most is simple: they {step}',
    'Small trials with {n} to {m} cases predict the later result surprisingly well',
    'Improvement is fastest where {measure} is visible to everybody involved',
  ],
  risks: [
    '{Pitfall} stands behind about {percent} percent of the abandoned attempts',
    'Problems with {part} are noticed {n} weeks too late on average',
    'The costliest mistake reported by {people} is {pitfall}',
    'One attempt in {n} is started again from the beginning, most often because of {part}',
    'Warnings about {pitfall} are common, and still most newcomers learn it by experience',
    'Where nobody looks at {measure}, quality drops unnoticed within {m} months',
  ],
  outlook: [
    'Interest in {thing} has grown steadily for {n} years, first among {people}',
    '{People} expect {gain} to matter more than speed in the coming years',
    'The cost of a first attempt has fallen by roughly {percent} percent in {n} years',
    'Standards for {part} are slowly replacing private recipes',
    'About {percent} percent of {people} plan to spend more on {part} next year',
    'What began with a few specialists is now ordinary work for {people}',
  ],
} as const;

export const DETAILS = [
  'The effect is strongest in the first months and fades when {part} is neglected.',
  'The figure comes from interviews and from records kept over {n} months.',
  'It holds for small and large attempts alike, though {people} see it most clearly.',
  'The likely reason is that {part} shapes every later choice.',
  'Where it was tried, {gain} followed within {n} to {m} weeks.',
  'Exceptions exist, mainly where {part} had been settled long before.',
  'The comparison covers {m} cases, half of which began without a written plan.',
] as const;

export const POINTS = [
  '{Step}',
  'Why {part} matters early',
  'How to watch {measure}',
  'The cost of {pitfall}',
  'What speaks for {gain}',
  'What to settle about {part}',
] as const;

export const PURPOSES = [
  'Decide what to do about {part}.',
  'Explain why {part} matters.',
  'Tell a good result from a poor one by {measure}.',
  'Avoid {pitfall}.',
  'Plan the first steps, starting with {part}.',
  'See what it takes to get {gain}.',
] as const;

export const EDITS = [
  'The opening now states its point in the first sentence.',
  'Two sentences that said the same about {part} were merged.',
  'The passage on {part} was split into shorter sentences.',
  'A claim about {measure} was softened to what the sources support.',
  'Terms for {part} are now the same throughout.',
  'Filler was cut from the section on {part}.',
] as const;

export const EDIT_REASONS = [
  'A reader in a hurry should not have to search for the point.',
  'Repetition made the paragraph look longer than its content.',
  'One sentence carried two thoughts.',
  'The sources do not support the stronger wording.',
  'Two words for one thing make readers look for a difference.',
  'The cut words added length and no meaning.',
] as const;

export const CONFLICTS = [
  'How much weight {part} deserves at the start.',
  'Whether {people} should {step} before anything else.',
  'How early {measure} is worth measuring.',
] as const;

export const SETTLEMENTS = [
  'The better documented figure was preferred, and the other one is kept as a limit.',
  'Both hold under different conditions: the first for small attempts, the second once {part} is settled.',
  'It stays open, since neither side reports {measure}.',
] as const;

export const TITLES = [
  '{Headline}: A Practical Guide',
  '{Headline}, Step by Step',
  '{Headline}: What Works and What to Skip',
  '{Headline} Without the Detours',
  '{Headline}: From First Idea to Lasting Result',
  '{Headline}: Lessons from Practice',
] as const;

export const SEO = [
  '{Work}, made clear: where to start, which steps matter, what to measure and which mistakes to avoid.',
  'A practical guide to {work}: first steps, common mistakes and the numbers worth watching.',
  'Learn what matters in {work}: a clear order of steps, honest warnings and ways to check the result.',
  'Clear steps, common mistakes and simple measures for {work}.',
  'A clear guide to {short}: first steps, pitfalls and measures.',
] as const;
