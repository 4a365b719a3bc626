import path from 'node:path';

import { CommanderError, type Command } from 'commander';

import { buildProgram } from '../../../client/cli/program';
import { usageError } from '../../../client/cli/usage-error';
import { TroupeError } from '../../../common/troupe-error';

const COMMANDS = [
  'run',
  'list',
  'status',
  'watch',
  'result',
  'cancel',
  'pause',
  'resume',
  'raise',
  'review',
  'batch',
  'estimate',
  'schedule',
  'dev',
  'worker',
  'simulator',
  'doctor',
  'pipelines',
  'agents',
  'deploy',
];

const UNQUALIFIED = 'arn:aws:lambda:us-east-1:123456789012:function:troupe';

const build = (): Command => buildProgram('1.2.3', async (code) => void (await code));

/** The one line that a command line is refused with. */
async function refusal(...args: string[]): Promise<string> {
  const error: unknown = await build()
    .parseAsync(args, { from: 'user' })
    .then(
      () => new Error(`nothing was refused in "${args.join(' ')}"`),
      (thrown: unknown) => thrown,
    );
  const shown = error instanceof CommanderError ? usageError(error, `troupe ${args[0]}`) : error;
  expect(shown).toBeInstanceOf(TroupeError);
  expect(shown).toMatchObject({ code: 'invalid-input' });
  return (shown as TroupeError).message;
}

describe('buildProgram()', () => {
  test('has the public commands', () => {
    expect(build().commands.map((command) => command.name())).toEqual(COMMANDS);
  });

  test('has a help that fits 80 columns', () => {
    const program = build().configureOutput({ getOutHelpWidth: () => 80 });
    for (const command of [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)]) {
      for (const line of command.helpInformation().split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    }
  });

  test.each([
    [['runn'], /^Cannot read the command line: unknown command "runn" \(Did you mean run\?\); see/],
    [['run'], /missing required argument "pipeline"/],
    [['run', 'article', 'T', 'U'], /too many arguments/],
    [['run', 'article', 'T', '--budgt-usd', '1'], /unknown option "--budgt-usd" \(Did you mean --budget-usd\?\)/],
    [['run', 'article', 'T', '--budget-usd'], /argument missing/],
    [['run', 'article', 'T', '--budget-usd', '-5'], /^Cannot read --budget-usd "-5": not an amount above 0/],
    [['run', 'article', 'T', '--budget-tokens', '1.5'], /^Cannot read --budget-tokens "1.5"/],
    [['run', 'article', 'T', '--deadline', 'soon'], /^Cannot read --deadline "soon"/],
    [['run', 'article', 'T', '--lane', 'fast'], /choose one of interactive, batch, auto/],
    [['run', 'artikel', 'T'], /no such pipeline \(did you mean "article"\?\); choose one of brief,/],
    [['run', 'article'], /no topic is given/],
    [['run', 'article', ' '], /"topic" must not be empty/],
    [['run', 'article', '--input', '/no/such/file.json'], /Cannot read input "\/no\/such\/file.json": no such file/],
    [['run', 'stages', 'T'], /^Cannot start "stages": "stages" is missing;/],
    [['run', 'article', 'T', '--out', 'a.md', '--detach'], /^Cannot start "article": --detach does not wait for the result/],
    [['run', 'article', 'T', '--budget-tokens', '1e300'], /^Cannot read --budget-tokens "1e300": too large/],
    [['list', '--limit', 'all'], /like 20$/],
    [['run', 'article', 'T', '--out', '/no/such/folder/x.md'], /^Cannot write "\/no\/such\/folder\/x.md": there is no folder/],
    [['list', '--status', 'done'], /choose one of running, completed/],
    [['list', '--pipeline', 'poem'], /Cannot list "poem": no such pipeline; choose/],
    [['deploy', 'ramp', '--build-id', 'v2'], /--percentage/],
    [['deploy', 'ramp', '--percentage', '101'], /^Cannot read --percentage "101": not a percentage; give a number above 0 up to 100$/],
    [['deploy', 'register', '--build-id', 'a b'], /^Cannot use the build id "a b"/],
    [
      ['deploy', 'register', '--build-id', 'v2', '--role-arn', 'r'],
      /--role-arn and --external-id belong to a function; give --function-arn, too$/,
    ],
    [['deploy', 'register', '--build-id', 'v2', '--function-arn', UNQUALIFIED], /is no ARN of a published version/],
    [['deploy', 'register', '--build-id', 'v2', '--function-arn', `${UNQUALIFIED}:7`], /give --role-arn and --external-id$/],
    [['dev', '--port', '99999'], /^Cannot read --port "99999": not a port/],
    [['pipelines', 'artikel'], /Cannot show "artikel": no such pipeline/],
    [['agents', 'poet'], /Cannot show "poet": no such agent; choose one of researcher/],
    [['status'], /missing required argument "id"/],
    [['batch', 'brief'], /^Cannot start a job of "brief": no rows are given; add --input FILE\.csv$/],
    [['batch', 'brief', '--input', 'rows.xlsx'], /^Cannot use "rows.xlsx" as --input: jobs read \.csv, \.jsonl and \.json/],
    [['batch', 'brief', '--input', '/no/such/rows.csv'], /^Cannot read input "\/no\/such\/rows.csv": no such file; check the path$/],
    [['batch', 'breif', '--input', 'rows.csv'], /no such pipeline \(did you mean "brief"\?\)/],
    [['batch', 'brief', '--input', 'rows.csv', '--out', 'out.md'], /^Cannot use "out.md" as --out/],
    [['batch', 'brief', '--input', 'a.csv', '--out', './a.csv'], /the rows would take the place of the input "a.csv"; use another name/],
    [['batch', 'brief', '--input', 'a.failed.csv', '--out', 'a.csv'], /the rows would take the place of the input/],
    [['batch', 'brief', '--input', 'a.flagged.csv', '--out', 'a.csv'], /the rows would take the place of the input/],
    [['batch', 'brief', '--input', 'a.csv', '--out', 'b.csv', '--detach'], /--detach does not wait for the rows that --out writes/],
    [['batch', 'brief', '--input', 'a.csv', '--map', 'topic'], /^Cannot read --map "topic": give a field and its column, like name=Title/],
    [['batch', 'brief', '--input', 'a.csv', '--concurrency', '0'], /^Cannot read --concurrency "0"/],
    [['batch', 'brief', '--input', 'a.csv', '--sample', 'some'], /^Cannot read --sample "some"/],
    [['batch', 'brief', '--input', 'a.csv', '--order', 'random'], /choose one of input, finished/],
    [
      ['review', 'x', '--html', 'p.html', '--approve'],
      /^Cannot answer the review: --html only shows what is to be decided; leave it out, or the decision$/,
    ],
    [
      ['review', 'x', '--html', '/no/such/p.html'],
      /^Cannot write "\/no\/such\/p.html": there is no folder "\/no\/such"; choose another --html$/,
    ],
    [['schedule', 'create', 'x', 'brief', 'T', '--every', '1h', '--lane', 'fast'], /choose one of interactive, batch, auto/],
    [['simulator', '--batch-ms', 'soon'], /^Cannot use simulator option "batchMs": NaN is not allowed; give a number from 0$/],
    [['batch', 'set', 'x'], /^Cannot change job "x": no change is given; add --concurrency N, --lane LANE or both$/],
    [['batch', 'set', 'x', '--lane', 'fast'], /choose one of interactive, batch, auto/],
    [['batch', 'retry'], /missing required argument "id"/],
    [['estimate', 'brief'], /^Cannot start "brief": no topic is given/],
    [['estimate', 'breif', 'Tides'], /no such pipeline \(did you mean "brief"\?\)/],
    [['estimate', 'breif', '--input', 'rows.csv'], /no such pipeline \(did you mean "brief"\?\)/],
    [
      ['estimate', 'brief', 'Tides', '--sample', '3'],
      /^Cannot estimate "brief": --sample is for rows; add --input with a \.csv, \.jsonl or \.json file of rows/,
    ],
    [
      ['estimate', 'batchFiles', '--input', path.join(__dirname, '../../../examples/batchFiles.json')],
      /^Cannot estimate "batchFiles": it writes files; estimate one of its files with "npx troupe estimate \w+ --input FILE"$/,
    ],
    [['estimate', 'brief', 'Tides', '--set', 'a=b'], /^Cannot estimate "brief": --set is for rows/],
    [
      ['estimate', 'brief', '--input', path.join(__dirname, '../../../examples/reso-listings.json')],
      /^Cannot start the job: \d of \d rows of ".*" do not fit/,
    ],
    [
      ['estimate', 'brief', '--input', path.join(__dirname, '../../../examples/products.csv')],
      /it has no column for "topic", only .*; say which it is, like --map topic=\w+, or give all rows the same with --set topic=…$/,
    ],
    [['estimate', 'brief', 'Tides', '--input', 'a.csv'], /^Cannot estimate "brief": "Tides" is given beside a file of rows; leave one out/],
    [['estimate', 'brief', '--input', '/no/such.csv'], /^Cannot read input "\/no\/such\.csv": no such file; check the path$/],
    [['estimate', 'brief', 'Tides', '--lane', 'fast'], /choose one of interactive, batch, auto/],
    [['batch', 'retry', 'x', '--failed', '--stale'], /--failed and --stale exclude each other/],
    [['batch', 'retry', 'x', '--out', 'rows.txt'], /^Cannot use "rows.txt" as --out/],
    [['batch', 'retry', 'x', '--sample', '3'], /unknown option "--sample"/],
    [['raise', 'x'], /^Cannot raise the budget of "x": no budget is given; add --budget-usd or --budget-tokens$/],
    [['raise', 'x', '--budget-usd', '-1'], /^Cannot read --budget-usd "-1"/],
    [['schedule', 'crate'], /unknown command "crate" \(Did you mean create\?\)/],
    [['schedule', 'create', 'n'], /missing required argument "pipeline"/],
    [['schedule', 'create', 'n', 'artikel', 'T', '--every', '6h'], /no such pipeline \(did you mean "article"\?\)/],
    [['schedule', 'create', 'n', 'brief', '--every', '6h'], /no topic is given/],
    [['schedule', 'create', 'n', 'brief', 'T'], /^Cannot create schedule "n": it says nowhere when to run/],
    [['schedule', 'create', 'n', 'brief', 'T', '--every', 'often'], /^Cannot read --every "often": not a duration/],
    [['schedule', 'create', 'n', 'brief', 'T', '--every', '6h', '--cron', '@daily'], /exclude each other/],
    [['schedule', 'create', 'n', 'brief', 'T', '--every', '6h', '--overlap', 'stack'], /choose one of skip, buffer, allow, cancel/],
    [['schedule', 'create', 'n', 'brief', 'T', '--every', '6h', '--catch-up', '1s'], /1000 ms is no time to catch up within/],
    [['schedule', 'create', 'n/m', 'brief', 'T', '--every', '6h'], /the name is not usable/],
    [['schedule', 'pause'], /missing required argument "name"/],
  ])('refuses %j in one line', async (args, message) => {
    const line = await refusal(...args);
    expect(line).toMatch(message);
    expect(line).not.toContain('\n');
  });
});
