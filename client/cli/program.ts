import { Command, Option, type Argument } from 'commander';

import { LANES } from '../../common/call';
import { RUN_STATUSES } from '../../common/run';
import { SERVES } from '../../common/task-queues';
import { ORDERS } from '../../rows/orders';
import { addDeployCommands } from './deploy-program';
import { addEstimateCommand } from './estimate-program';
import { laneOption } from './lane-option';
import { rowOptions } from './row-options';
import { addScheduleCommands } from './schedule-program';
import { count, dollars, duration, oneOf, port } from './values';

/** Sets the exit code that a command ends with. */
export type Finish = (code: number | Promise<number>) => Promise<void>;

// Each command's code is loaded when it runs: help and typing errors are answered before Temporal's client is even read.
const load = {
  run: () => require('./commands/run') as typeof import('./commands/run'),
  list: () => require('./commands/list') as typeof import('./commands/list'),
  status: () => require('./commands/status') as typeof import('./commands/status'),
  watch: () => require('./commands/watch') as typeof import('./commands/watch'),
  result: () => require('./commands/result') as typeof import('./commands/result'),
  cancel: () => require('./commands/cancel') as typeof import('./commands/cancel'),
  pause: () => require('./commands/pause') as typeof import('./commands/pause'),
  resume: () => require('./commands/resume') as typeof import('./commands/resume'),
  raise: () => require('./commands/raise') as typeof import('./commands/raise'),
  batch: () => require('./commands/batch') as typeof import('./commands/batch'),
  batchSet: () => require('./commands/batch-set') as typeof import('./commands/batch-set'),
  review: () => require('./commands/review') as typeof import('./commands/review'),
  dev: () => require('./commands/dev') as typeof import('./commands/dev'),
  worker: () => require('./commands/worker') as typeof import('./commands/worker'),
  simulator: () => require('./commands/simulator') as typeof import('./commands/simulator'),
  doctor: () => require('./commands/doctor') as typeof import('./commands/doctor'),
  pipelines: () => require('./commands/pipelines') as typeof import('./commands/pipelines'),
  agents: () => require('./commands/agents') as typeof import('./commands/agents'),
};

const JSON_FLAG = ['--json', 'print JSON for programs'] as const;

function addRunCommands(program: Command, finish: Finish): void {
  program
    .command('run')
    .description('start a pipeline; show progress, result and cost')
    .argument('<pipeline>', 'one of "npx troupe pipelines"')
    .argument('[subject]', 'what it is about, in quotes')
    .option('--input <file>', 'input as JSON from a file, or - for standard input')
    .option('--id <id>', 'Workflow Id; the same id and input attach to the run that is there')
    .option('--budget-usd <n>', 'most dollars it may cost', dollars('--budget-usd'))
    .option('--budget-tokens <n>', 'most tokens it may use, prompts and answers together', count('--budget-tokens'))
    .addOption(laneOption())
    .option('--deadline <duration>', 'start no further calls after this time, like 90s or 2h', duration('--deadline'))
    .option('--reuse', 'use answers that an earlier run paid for when the request is unchanged')
    .option('--detach', 'start only; print the id')
    .option('--out <file>', 'write the result to a file: Markdown for .md, else JSON')
    .option(...JSON_FLAG)
    .action((pipeline, subject, flags) => finish(load.run().run(pipeline, subject, flags)));
  program
    .command('list')
    .description('show runs, newest first')
    .option('--pipeline <name>', 'only this pipeline')
    .option('--status <status>', `only ${RUN_STATUSES.join(', ')}`, oneOf('--status', RUN_STATUSES))
    .option('--job <id>', 'the rows of a job instead')
    .option('--schedule <name>', 'only runs of this schedule')
    .option('--limit <n>', 'at most this many', count('--limit', '20'), 20)
    .option(...JSON_FLAG)
    .action((flags) => finish(load.list().list(flags)));
  addRunCommand(program, ['status', 'show steps, costs and state of a run'], (id, flags) => finish(load.status().status(id, flags)));
  addRunCommand(program, ['watch', 'show progress until the run ends, then its result'], (id, flags) =>
    finish(load.watch().watch(id, flags)),
  );
  addRunCommand(program, ['result', 'print the result, or what was done without one'], (id, flags) =>
    finish(load.result().result(id, flags)),
  ).option('--out <file>', 'write the result to a file: Markdown for .md, else JSON');
  addRunCommand(program, ['cancel', 'stop a run; what is done is kept'], (id, flags) => finish(load.cancel().cancel(id, flags)));
  addRunCommand(program, ['pause', 'let calls in flight finish and start none'], (id, flags) => finish(load.pause().pause(id, flags)));
  addRunCommand(program, ['resume', 'go on after a pause'], (id, flags) => finish(load.resume().resume(id, flags)));
  addRunCommand(program, ['raise', 'give a run a higher budget'], (id, flags) => finish(load.raise().raise(id, flags)))
    .option('--budget-usd <n>', 'most dollars it may cost from now on', dollars('--budget-usd'))
    .option('--budget-tokens <n>', 'most tokens it may use from now on', count('--budget-tokens'));
  addReviewCommand(program, finish);
  addBatchCommand(program, finish);
  addEstimateCommand(program, finish);
  addScheduleCommands(program, finish);
}

/** What starting a job and starting it again have in common. */
function withJobFlags(command: Command): Command {
  return command
    .option('--out <file>', 'write a row for each row that is done: .csv or .jsonl; grows while the job runs')
    .option('--order <order>', 'of the output: input (as in the file) or finished', oneOf('--order', ORDERS), 'input')
    .option('--concurrency <n>', 'rows at the same time (default 25)', count('--concurrency', '50'))
    .option('--budget-usd <n>', 'most dollars that all rows together may cost', dollars('--budget-usd'))
    .option('--budget-tokens <n>', 'most tokens that all rows together may use', count('--budget-tokens'))
    .option('--row-budget-usd <n>', 'most dollars that one row may cost', dollars('--row-budget-usd'))
    .addOption(laneOption())
    .option('--deadline <duration>', 'start no further calls after this time, like 90m or 12h', duration('--deadline'))
    .option('--detach', 'start only; print the id')
    .option(...JSON_FLAG);
}

function addBatchCommand(program: Command, finish: Finish): void {
  const batch = program
    .command('batch')
    .description('run every row of a file through a pipeline')
    // Or it would take the options of its own commands for its own.
    .enablePositionalOptions()
    .argument('<pipeline>', 'one of "npx troupe pipelines"')
    .option('--input <file>', 'rows: a .csv with a header, a .jsonl with one object a line, or a .json with a list')
    .addOption(rowOptions.key())
    .addOption(rowOptions.map())
    .addOption(rowOptions.set())
    .addOption(rowOptions.format())
    .option('--skip-invalid', 'leave rows out that do not fit')
    .option('--sample <n>', 'do the first n, then wait for your word on the rest', count('--sample', '20'))
    .option('--id <id>', 'Workflow Id; the same id and rows attach to the job that is there')
    .option('--reuse', 'use answers that an earlier run paid for when the request is unchanged')
    .option('--no-estimate', 'start at once, without saying what it will cost');
  withJobFlags(batch).action((pipeline, flags) => finish(load.batch().batch(pipeline, flags)));
  const retry = batch
    .command('retry')
    .description('do rows of a job again that has ended, in its lane and as many at a time as before unless you say so')
    .argument('<id>', 'Workflow Id of the job');
  retry
    .option('--failed', 'the rows that are not done (default)')
    .option('--stale', 'every row, paying only for calls whose input, prompt, schema or model has changed');
  withJobFlags(retry).action((id, flags) => finish(load.batch().retry(id, flags)));
  batch
    .command('set')
    .description('change a running job')
    .argument('<id>', 'Workflow Id of the job')
    .option('--concurrency <n>', 'rows at the same time from now on', count('--concurrency', '50'))
    .option('--lane <lane>', `of every call from now on: ${LANES.join(', ')}`, oneOf('--lane', LANES))
    .option(...JSON_FLAG)
    .action((id, flags) => finish(load.batchSet().batchSet(id, flags)));
}

function addReviewCommand(program: Command, finish: Finish): void {
  program
    .command('review')
    .description('show what waits for a person, or answer it')
    .argument('<id>', 'Workflow Id of the run')
    .option('--gate <name>', 'which gate, when several are open')
    .option('--approve', 'take the proposal as it is')
    .option('--reject <why>', 'refuse the proposal, with the reason')
    .option('--edit <file>', 'take what the file holds instead; - for standard input')
    .option('--html <file>', 'write what became of the rows of a job as a page for a browser')
    .option('--by <name>', 'who answers (default: the user of this machine)')
    .option(...JSON_FLAG)
    .action((id, flags) => finish(load.review().review(id, flags)));
}

type OnRun = (id: string, flags: { json?: true; out?: string }) => Promise<void>;

function addRunCommand(program: Command, [name, description]: readonly [string, string], action: OnRun): Command {
  return program
    .command(name)
    .description(description)
    .argument('<id>', 'Workflow Id of the run')
    .option(...JSON_FLAG)
    .action(action);
}

function addPartCommands(program: Command, finish: Finish): void {
  program
    .command('dev')
    .description('keep the local stack up until Ctrl-C')
    .option('--port <n>', 'port of Temporal (default 7233, else a free one)', port('--port'))
    .option('--ui-port <n>', 'port of the Web UI (default 8233, else a free one)', port('--ui-port'))
    .option('--data <folder>', 'where everything is kept (default .troupe)')
    .option('--serverless', 'no worker: the server wakes a function when there is work')
    .option('--json', 'print the addresses as JSON')
    .action((flags) => finish(load.dev().dev(flags)));
  program
    .command('worker')
    .description('run a worker against TEMPORAL_ADDRESS, else for the local stack that is up')
    .addOption(new Option('--serves <what>', 'which calls it serves (default: TROUPE_SERVES, else all)').choices(SERVES))
    .option('--json', 'say as JSON when it is ready')
    .action((flags) => finish(load.worker().worker(flags)));
  program
    .command('simulator')
    .description('run the simulated Claude API')
    .option('--port <n>', 'port (default: a free one)', port('--port'))
    .option('--state-dir <folder>', 'keep its bill here (default: in memory)')
    .option('--seed <n>', 'another seed gives other answers', Number)
    .option('--latency <factor>', '1 is as slow as the real thing, 0 answers at once (default 0)', Number)
    .option('--batch-ms <n>', 'milliseconds that a Message Batch takes (default: as long as the latency says)', Number)
    .option('--json', 'print the address as JSON')
    .action((flags) => finish(load.simulator().simulator(flags)));
  program
    .command('doctor')
    .description('check that everything needed is there; exit code 1 if not')
    .option(...JSON_FLAG)
    .action((flags) => finish(load.doctor().doctor(flags)));
  program
    .command('pipelines')
    .description("show what can be run, or one pipeline's input and result")
    .argument('[name]')
    .option(...JSON_FLAG)
    .action((name, flags) => finish(load.pipelines().pipelines(name, flags)));
  program
    .command('agents')
    .description('show the agents, or all about one')
    .argument('[name]')
    .option(...JSON_FLAG)
    .action((name, flags) => finish(load.agents().agents(name, flags)));
}

const argumentTerm = (argument: Argument): string => (argument.required ? `<${argument.name()}>` : `[${argument.name()}]`);

/** The command line. Help goes to stdout; errors are thrown, never printed. */
export function buildProgram(version: string, finish: Finish): Command {
  const program = new Command('npx troupe')
    .description('Teams of Claude agents as durable Temporal workflows')
    .version(version)
    .helpCommand('help [command]', 'show this, or the help of one command')
    .configureHelp({ subcommandTerm: (command) => [command.name(), ...command.registeredArguments.map(argumentTerm)].join(' ') })
    .showSuggestionAfterError()
    // What follows "batch retry" is retry's own: batch has some of the same flags.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ outputError: () => undefined });
  addRunCommands(program, finish);
  addPartCommands(program, finish);
  addDeployCommands(program, finish);
  return program.addHelpText('after', '\nFirst: npx troupe run article "How to build a RAG system with Python"');
}
