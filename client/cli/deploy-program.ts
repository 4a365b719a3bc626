import type { Command } from 'commander';

import type { Finish } from './program';
import { duration, percentage } from './values';

// Loaded when a command runs, as in program.ts.
const load = () => require('./commands/deploy') as typeof import('./commands/deploy');

/** `troupe deploy …` */
export function addDeployCommands(program: Command, finish: Finish): void {
  const deploy = program.command('deploy').description('register, promote and roll back builds of a serverless deployment');
  add(deploy, 'register', 'make a build known, and what the server starts when there is work for it')
    .option('--function-arn <arn>', 'published version of an AWS Lambda function (default: a process beside the local server)')
    .option('--role-arn <arn>', 'role that Temporal takes on to invoke it')
    .option('--external-id <id>', 'what the role wants to hear')
    .action((flags) => finish(load().register(flags)));
  add(deploy, 'wait', 'wait until a function of a build has asked for tasks')
    .option('--timeout <duration>', 'at most so long', duration('--timeout'), 120_000)
    .action((flags) => finish(load().wait(flags)));
  add(deploy, 'promote', 'send all new runs to a build').action((flags) => finish(load().promote(flags)));
  add(deploy, 'ramp', 'send a part of new runs to a build')
    .requiredOption('--percentage <n>', 'of new runs, above 0 up to 100', percentage('--percentage'))
    .action((flags) => finish(load().ramp(flags)));
  withName(deploy.command('rollback').description('end an open ramp, else go back to the build before')).action((flags) =>
    finish(load().rollback(flags)),
  );
  withName(deploy.command('status').description('show builds, and where new runs go')).action((flags) => finish(load().status(flags)));
}

function add(deploy: Command, name: string, description: string): Command {
  return withName(deploy.command(name).description(description)).option('--build-id <id>', 'which build (default: that of the code here)');
}

function withName(command: Command): Command {
  return command
    .option('--name <deployment>', 'which deployment (default: TROUPE_DEPLOYMENT, troupe)')
    .option('--json', 'print the deployment as JSON for programs');
}
