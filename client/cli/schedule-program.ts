import { Option, type Command } from 'commander';

import { MAP_FORMATS } from '../../common/job';
import { OVERLAPS } from '../schedules/overlaps';
import type { CreateFlags } from './commands/schedule';
import { laneOption } from './lane-option';
import type { Finish } from './program';
import { assignment, count, dollars, duration, oneOf } from './values';

// Loaded when a command runs, as in program.ts.
const load = () => require('./commands/schedule') as typeof import('./commands/schedule');

const JSON_FLAG = ['--json', 'print JSON for programs'] as const;

/** `troupe schedule …` */
export function addScheduleCommands(program: Command, finish: Finish): void {
  const schedule = program.command('schedule').description('let Temporal start a pipeline by the clock');
  addCreate(schedule, finish);
  schedule
    .command('list')
    .description('show schedules, their next and last runs')
    .option(...JSON_FLAG)
    .action((flags) => finish(load().list(flags)));
  addNamed(schedule, ['pause', 'start no runs until it is resumed'])
    .option('--reason <text>', 'why, for those who look')
    .action((name, flags) => finish(load().pause(name, flags)));
  addNamed(schedule, ['resume', 'start runs again'])
    .option('--reason <text>', 'why, for those who look')
    .action((name, flags) => finish(load().resume(name, flags)));
  addNamed(schedule, ['delete', 'remove it; its runs stay']).action((name, flags) => finish(load().remove(name, flags)));
  addNamed(schedule, ['run', 'start a run now']).action((name, flags) => finish(load().run(name, flags)));
}

function addCreate(schedule: Command, finish: Finish): void {
  schedule
    .command('create')
    .description('make a schedule; each run is called <name>-<time>')
    .argument('<name>', 'what to call it')
    .argument('<pipeline>', 'one of "npx troupe pipelines"')
    .argument('[subject]', 'what it is about, in quotes')
    .option('--input <file>', 'input as JSON from a file, or - for standard input')
    .option('--rows <files>', "files of rows that each run looks for, as the worker sees them: '/data/in/*.csv', a folder or a URL")
    .option('--out-dir <folder>', 'where the output of --rows goes, on the worker')
    .option('--key <column>', 'of --rows: column that names a row')
    .option('--map <field=Column>', 'of --rows: which column fills a field', assignment('--map', 'a field and its column, like name=Title'))
    .option(
      '--set <field=value>',
      'of --rows: a field of every row that has none',
      assignment('--set', 'a field and its value, like currency=EUR'),
    )
    .option('--format <format>', `of --rows: names of the columns: ${MAP_FORMATS.join(', ')}`, oneOf('--format', MAP_FORMATS))
    .option('--skip-invalid', 'of --rows: leave rows out that do not fit, instead of refusing their file')
    .option('--concurrency <n>', 'of --rows: rows at the same time (default 25)', count('--concurrency', '50'))
    .option('--row-budget-usd <n>', 'of --rows: most dollars that one row may cost', dollars('--row-budget-usd'))
    .option('--cron <fields>', 'minute hour day month weekday, like "0 7 * * 1-5"')
    .option('--every <duration>', 'at an interval instead, like 6h', duration('--every'))
    .option('--time-zone <name>', 'of --cron, like Europe/Berlin (default: UTC)')
    .option('--overlap <rule>', `when the run before is still open: ${OVERLAPS.join(', ')}`, oneOf('--overlap', OVERLAPS), 'skip')
    .addOption(
      new Option('--catch-up <duration>', 'start runs that are at most this late')
        .argParser(duration('--catch-up'))
        .default(3_600_000, '1h'),
    )
    .option('--budget-usd <n>', 'most dollars that each run may cost', dollars('--budget-usd'))
    .option('--budget-tokens <n>', 'most tokens that each run may use', count('--budget-tokens'))
    .addOption(laneOption())
    .option('--deadline <duration>', 'each run starts no further calls after this time', duration('--deadline'))
    .option('--reuse', 'use answers that an earlier run paid for when the request is unchanged')
    .option('--paused', 'start nothing until it is resumed')
    .option(...JSON_FLAG)
    .action((...[name, pipeline, subject, flags]: [string, string, string | undefined, CreateFlags]) =>
      finish(load().create({ name, pipeline, subject }, flags)),
    );
}

function addNamed(schedule: Command, [name, description]: readonly [string, string]): Command {
  return schedule
    .command(name)
    .description(description)
    .argument('<name>', 'of the schedule')
    .option(...JSON_FLAG);
}
