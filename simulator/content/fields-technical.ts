import type { Field } from './fields';

export const RETRIEVAL: Field = {
  name: 'retrieval',
  words: /\b(?:rag|retrieval|embeddings?|vectors?|llms?|chatbots?|agents?|prompts?|language models?|semantic|knowledge base|generative|ai|claude|gpt)\b/gi,
  parts: [
    'the retrieval step', 'the way documents are split', 'the embedding model', 'the index', 'the prompt that carries the passages', 'the evaluation set',
    'the re-ranking step', 'the handling of questions without an answer', 'the refresh of stale documents', 'the citation of sources',
  ],
  steps: [
    'collect a small set of documents that people really ask about', 'split the documents into passages of a few hundred words',
    'store each passage with its title, its date and a link to the original', 'embed the passages in batches and keep the model version beside each vector',
    'start with a plain similarity search before adding anything clever', 'put the best five passages into the prompt, each with its source',
    'tell the model to say so when the passages do not hold the answer', 'write fifty real questions with the passage that answers each',
    'compare keyword search and vector search on the same questions', 'log the question, the passages and the answer together',
    're-rank the first twenty hits before the best few are kept', 'rebuild the index on a schedule and after every change of the splitter',
  ],
  measures: [
    'the share of questions whose right passage is among the first five', 'the share of answers that cite a passage supporting them',
    'the median time to the first word of an answer', 'the cost of a thousand questions', 'the number of questions that end in an honest "I do not know"',
    'the age of the oldest passage in the index',
  ],
  pitfalls: [
    'indexing everything before reading a sample of it', 'cutting passages in the middle of a table or a list',
    'judging quality by a handful of favourite questions', 'changing the embedding model without rebuilding the index',
    'filling the prompt with every passage that might help', 'treating a fluent answer as a correct one', 'leaving access rights out of the search filter',
  ],
  gains: [
    'answers that can be traced to a passage', 'knowledge that is updated without training a model', 'fewer invented facts',
    'a search that understands paraphrases', 'a system whose errors can be found and fixed', 'costs that stay predictable as the collection grows',
  ],
  people: ['engineering teams', 'support teams', 'data engineers', 'search engineers', 'product teams', 'research groups'],
  documents: [
    'Retrieval Quality Handbook, chapter 4', 'Field Notes on Question Answering, spring issue', 'Survey of Passage Splitting Methods',
    'Internal Search Benchmarks, annual report', 'Practical Guide to Embedding Models', 'Proceedings of the Workshop on Grounded Answers',
    'Evaluation of Re-ranking Methods, technical report', 'Operations Review of Document Assistants',
  ],
};

export const SOFTWARE: Field = {
  name: 'software',
  words:
    /\b(?:software|code|coding|program(?:s|ming)?|app|apps|api|apis|web|website|server|serverless|database|python|javascript|typescript|java|rust|golang|kubernetes|docker|cloud|data|pipelines?|workflows?|temporal|testing|deploy\w*|devops|git|linux|security|microservices?|backend|frontend|react|sql|cache|caching|library|framework|system|systems|computer|machine learning|algorithm\w*|automation)\b/gi,
  parts: [
    'the data model', 'the interface between the parts', 'the test suite', 'the deployment', 'the handling of errors', 'the first working slice',
    'the configuration', 'the monitoring', 'the plan for rolling back', 'the choice of dependencies',
  ],
  steps: [
    'write down what the system must do and what it must never do', 'build the smallest version that runs from end to end',
    'put the code under version control before the first experiment', 'write a test for each behaviour that somebody relies on',
    'keep the configuration outside the code', 'make every operation safe to repeat', 'measure before and after each optimisation',
    'log what happened together with an id that ties the lines to one request', 'release to a small group first',
    'rehearse the recovery from a failed release', 'document each decision that would be expensive to reverse', 'remove what nobody uses',
  ],
  measures: [
    'the time from a change to its release', 'the share of releases that need a fix on the same day', 'the slowest one percent of requests',
    'the time it takes to notice a failure', 'the number of steps that still need a person', 'the cost of a thousand requests',
  ],
  pitfalls: [
    'choosing the tools before the problem is understood', 'testing only the path on which everything works', 'adding a cache before measuring',
    'sharing one database between parts that change at different speeds', 'retrying without a limit', 'keeping secrets in the repository',
    'postponing monitoring until the first outage',
  ],
  gains: [
    'releases that are no longer exciting', 'failures that are noticed before users notice them', 'code that a newcomer can change in the first week',
    'costs that follow use', 'a system that recovers by itself', 'decisions that rest on measurements',
  ],
  people: ['developers', 'engineering teams', 'platform teams', 'maintainers', 'operations teams', 'technical leads'],
  documents: [
    'State of Delivery Report, annual edition', 'Engineering Practice Review, issue 12', 'Reliability Handbook, chapter 7', 'Postmortem Collection, volume 2',
    'Architecture Decision Records in Practice', 'Survey of Build and Release Habits', 'Performance Testing Field Guide', 'Operations Almanac, autumn edition',
  ],
};
