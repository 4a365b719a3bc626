import { Option, type Command } from 'commander';

import type { EstimateFlags } from './commands/estimate';
import { laneOption } from './lane-option';
import type { Finish } from './program';
import { rowOptions } from './row-options';
import { count, dollars, duration } from './values';

// Loaded when it runs, as in program.ts.
const load = () => require('./commands/estimate') as typeof import('./commands/estimate');

/** Flags of `run` and `batch` that change no cost: a command line of theirs is taken as it is. */
const NO_MATTER = ['--id <id>', '--out <file>', '--order <order>', '--detach'];

/** `troupe estimate`: takes what `run` and `batch` take. */
export function addEstimateCommand(program: Command, finish: Finish): void {
  const command = program
    .command('estimate')
    .description('what a run or a job will cost; nothing is paid for it')
    .argument('<pipeline>', 'one of "npx troupe pipelines"')
    .argument('[subject]', 'what it is about, in quotes')
    .option('--input <file>', 'input as JSON, - for standard input; or rows: .csv, .jsonl, .json')
    .addOption(laneOption())
    .option('--deadline <duration>', 'decides for --lane auto', duration('--deadline'))
    .option('--sample <n>', 'of rows: what the first n cost, too', count('--sample', '20'))
    .addOption(rowOptions.key())
    .addOption(rowOptions.map())
    .addOption(rowOptions.set())
    .addOption(rowOptions.format())
    .option('--skip-invalid', 'of rows: leave those out that do not fit')
    .option('--concurrency <n>', 'of rows: so many at the same time', count('--concurrency', '50'))
    .option('--budget-usd <n>', 'say whether it will do', dollars('--budget-usd'))
    .option('--budget-tokens <n>', 'say whether it will do', count('--budget-tokens'))
    .option('--reuse', 'answers that are there already cost nothing')
    .option('--json', 'print JSON for programs');
  for (const flag of NO_MATTER) command.addOption(new Option(flag).hideHelp());
  command.addOption(new Option('--row-budget-usd <n>').argParser(dollars('--row-budget-usd')).hideHelp());
  command.addOption(new Option('--no-estimate').hideHelp());
  command.action((...[pipeline, subject, flags]: [string, string | undefined, EstimateFlags]) =>
    finish(load().estimate(pipeline, subject, flags)),
  );
}
