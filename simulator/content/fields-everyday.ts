import type { Field } from './fields';

export const COMMERCE: Field = {
  name: 'commerce',
  words:
    /\b(?:products?|shops?|store|etsy|shopify|amazon|listings?|brand\w*|customers?|marketing|launch\w*|sell\w*|sale|sales|retail|e-?commerce|pricing|price|seo|advertis\w*|campaigns?|gift\w*|handmade|jewell?ery|mug|shirt|shoes|packaging|subscription)\b/gi,
  parts: [
    'the first photograph', 'the product description', 'the price', 'the promise on the front page', 'the delivery time', 'the return policy',
    'the customer review', 'the launch date', 'the choice of sales channels', 'the packaging',
  ],
  steps: [
    'name the one buyer for whom this is the obvious choice', 'describe what changes for the buyer before listing features',
    'photograph the product in use and in daylight', 'compare the price with three alternatives that buyers really consider',
    'use the words that buyers type into the search field', 'answer the five most common doubts next to the button',
    'invite a small group of early customers and listen to them', 'plan the weeks after the launch as carefully as the day itself',
    'test one change at a time', 'thank each reviewer and fix what they mention', 'keep enough stock for the first good week',
    'write to the press with a story instead of a list of features',
  ],
  measures: [
    'the share of visitors who put something into the basket', 'the cost of winning one customer', 'the share of customers who come back within ninety days',
    'the return rate', 'the average order value', 'the number of questions before a purchase',
  ],
  pitfalls: [
    'speaking to everybody at once', 'hiding the delivery cost until the last step', 'copying the tone of a competitor',
    'launching without a way to hear from buyers', 'lowering the price before improving the offer', 'promising more than the first batch can deliver',
  ],
  gains: [
    'buyers who know what they will get', 'fewer returns', 'reviews that sell better than advertisements', 'a price that need not be defended',
    'word of mouth that lasts beyond the launch', 'a shop that answers questions before they are asked',
  ],
  people: ['small brands', 'first-time buyers', 'shop owners', 'returning customers', 'makers', 'marketing teams'],
  documents: [
    'Retail Habits Survey, annual edition', 'Small Shop Economics, chapter 3', 'Report on Online Product Pages', 'Buyer Interviews, spring series',
    'Marketplace Trends Review', 'Handbook of Honest Advertising', 'Packaging and Returns Study', 'Launch Diaries of Independent Brands',
  ],
};

export const PROPERTY: Field = {
  name: 'property',
  words: /\b(?:property|properties|real estate|house|houses|home|homes|apartments?|flat|bedrooms?|rent\w*|landlord|tenant|mortgage|neighbou?rhood|garden|kitchen|renovat\w*|square (?:feet|metres|meters)|street|avenue)\b/gi,
  parts: [
    'the location', 'the floor plan', 'the state of the roof and the windows', 'the light in the living rooms', 'the asking price', 'the energy certificate',
    'the walk to shops and schools', 'the running cost', 'the view', 'the outdoor space',
  ],
  steps: [
    'compare the price with recent sales on the same streets', 'visit at two different times of the day', 'ask for the bills of the last two winters',
    'lead with the feature that neighbouring homes lack', 'show each room from its best corner', 'state the size, the age and the condition plainly',
    'describe the walk to the nearest shop in minutes', 'have the roof, the drains and the wiring looked at', 'plan repairs before the first viewing',
    'keep a margin for what the survey will find',
  ],
  measures: [
    'the price per square metre', 'the number of days on the market', 'the yearly cost of heating', 'the distance to the nearest station',
    'the difference between asking and selling price', 'the share of viewings that lead to an offer',
  ],
  pitfalls: [
    'trusting photographs taken with a wide lens', 'comparing homes from different years of the market', 'forgetting the cost of the move itself',
    'describing every room at the same length', 'setting the price by hope instead of by sales nearby', 'leaving the survey to the last week',
  ],
  gains: [
    'a price that holds in negotiation', 'viewings by people who are serious', 'a home that fits daily life', 'fewer surprises after the purchase',
    'a listing that is read to its end', 'a decision that can be explained years later',
  ],
  people: ['buyers', 'sellers', 'young families', 'estate agents', 'owners', 'tenants'],
  documents: [
    'Regional Housing Report, third quarter', 'Guide to Reading a Survey', 'Household Energy Review', 'Neighbourhood Walkability Study',
    'Home Buyers Panel, annual edition', 'Record of Recent Sales', 'Renovation Cost Tables', 'Rental Market Letter',
  ],
};

export const WELLBEING: Field = {
  name: 'wellbeing',
  words: /\b(?:health\w*|sleep|diet|food|cook\w*|recipes?|fitness|exercise|running|yoga|stress|mental|sports?|nutrition|coffee|tea|bread|baking|travel\w*|hiking|walking|bicycles?|bikes?|cycling|children|parents?|family|pets?|dogs?|cats?)\b/gi,
  parts: [
    'the daily routine', 'the first week', 'the choice of equipment', 'the right pace', 'the rest between efforts', 'the social side',
    'the weather', 'the budget', 'the advice of experienced people', 'the moment when motivation drops',
  ],
  steps: [
    'begin with ten minutes a day', 'tie the new habit to something that happens anyway', 'borrow or rent before buying', 'write down how each day went in one line',
    'ask somebody with experience to look at the basics', 'increase the effort slowly and only one thing at a time', 'prepare everything the evening before',
    'plan for the days on which it will not work', 'keep one day a week free', 'share the progress with a friend',
  ],
  measures: [
    'the number of days kept in a month', 'the time it takes to prepare', 'the resting pulse after a few weeks', 'the money spent in a season',
    'the number of evenings that feel rested', 'the share of weeks without an interruption',
  ],
  pitfalls: [
    'starting with the most ambitious plan', 'buying everything on the first day', 'comparing oneself with people who began years ago',
    'ignoring small aches', 'stopping for good after one missed week', 'following five sources of advice at once',
  ],
  gains: [
    'more energy in ordinary weeks', 'a habit that survives a bad month', 'better sleep', 'company on the way', 'a sense of progress that can be seen',
    'fewer decisions in the morning',
  ],
  people: ['beginners', 'busy parents', 'experienced amateurs', 'coaches', 'small groups', 'careful planners'],
  documents: [
    'Everyday Habits Survey', 'Handbook for Careful Beginners', 'Seasonal Review of Outdoor Life', 'Household Time Use Study', 'Kitchen and Table Almanac',
    'Club Notes, winter issue', 'Community Health Letter', 'Ten Years of Training Diaries',
  ],
};

export const BUSINESS: Field = {
  name: 'business',
  words:
    /\b(?:business\w*|teams?|remote|work|office|meetings?|managers?|management|leadership|hiring|startups?|compan(?:y|ies)|strategy|finance|budget\w*|invest\w*|projects?|career\w*|negotiat\w*|employees?|culture|productivity|competit\w*|market|entrepreneur\w*|freelanc\w*|nonprofit|customers? support)\b/gi,
  parts: [
    'the shared calendar', 'the weekly review', 'the written agreement', 'the first conversation', 'the division of roles', 'the budget',
    'the way decisions are recorded', 'the handover', 'the meeting that nobody needs', 'the feedback from outside',
  ],
  steps: [
    'agree in writing on what success looks like', 'name one person who decides', 'write decisions where everybody can find them later',
    'replace one regular meeting by a short written update', 'try the change with one team for a month', 'ask the people who do the work before changing it',
    'look at the numbers on the same day every week', 'keep a list of what will not be done', 'leave room in the plan for what nobody foresees',
    'say early what is going badly', 'repeat the goal until it sounds boring',
  ],
  measures: [
    'the time from a question to a decision', 'the share of promises kept on the day', 'the hours spent in meetings', 'the number of people who leave in a year',
    'the cost of a project against its plan', 'the share of customers who would recommend the service',
  ],
  pitfalls: [
    'copying the habits of a much larger company', 'measuring presence instead of results', 'changing three things at once', 'leaving a decision without an owner',
    'mistaking agreement in the room for commitment', 'postponing the difficult conversation',
  ],
  gains: [
    'decisions that stay made', 'fewer interruptions', 'plans that survive the first surprise', 'people who know what is expected of them',
    'meetings that end early', 'trust that does not depend on presence',
  ],
  people: ['small teams', 'managers', 'founders', 'new colleagues', 'experienced specialists', 'project leads'],
  documents: [
    'Workplace Habits Report, annual edition', 'Review of Small Team Practice', 'Meeting Cost Study', 'Handbook of Written Decisions', 'Founders Panel, spring series',
    'Management Letter, issue 31', 'Survey of Distributed Offices', 'Notes on Hiring, second edition',
  ],
};

export const GENERAL: Field = {
  name: 'general',
  words: /$^/,
  parts: [
    'the starting point', 'the cost', 'the timing', 'the choice of method', 'the first attempt', 'the advice of people who have done it before',
    'the review afterwards', 'the limit of the budget', 'the question of quality', 'the part that looks easy',
  ],
  steps: [
    'write down what a good result looks like', 'begin with a version small enough to finish in a week', 'look at three examples that worked and one that did not',
    'set a limit for time and money before starting', 'talk to somebody who has done it before', 'keep notes of what was tried and why',
    'check the result against the original question', 'change one thing at a time', 'leave a margin for what cannot be planned', 'decide in advance when to stop',
  ],
  measures: [
    'the time from idea to first result', 'the share of attempts that are finished', 'the cost of a mistake found late', 'the number of people who come back to it',
    'the effort spent in an ordinary week', 'the difference between plan and outcome',
  ],
  pitfalls: [
    'starting before the question is clear', 'trusting a single source', 'judging the result by its first day', 'leaving the hardest part to the end',
    'copying a solution without its circumstances', 'measuring what is easy to measure',
  ],
  gains: [
    'results that can be explained', 'fewer surprises', 'a clear view of the cost', 'time for the parts that matter', 'confidence in the next decision', 'knowledge that others can use',
  ],
  people: ['beginners', 'practitioners', 'small groups', 'experienced people', 'newcomers', 'careful readers'],
  documents: [
    'Annual Review of Practice', 'Collected Case Notes, volume 3', 'Handbook for Practitioners, chapter 2', 'Survey of Common Approaches', 'Quarterly Letter, issue 18',
    'Proceedings of the Working Group', 'Guide to First Projects', 'Long-term Observation Study',
  ],
};
