import path from 'node:path';

import { runDoctor, type DoctorCheck } from '../../../worker/local/doctor-checks';
import { connect } from '../../connect';
import type { ServerOptions } from '../../connection';
import { cliSettings } from '../cli-settings';
import { renderColumns } from '../columns';
import { ExitCode } from '../exit-codes';
import { stackInfoIn } from '../functions-text';
import { hasServer } from '../has-server';
import { out, print, printJson, type Colors } from '../output';
import { POOL_COMMAND, poolWait } from '../pool-hint';

function symbolOf(status: DoctorCheck['status'], colors: Colors): string {
  switch (status) {
    case 'ok':
      return colors.green('✓');
    case 'warn':
      return colors.yellow('!');
    case 'fail':
      return colors.red('✗');
  }
}

function renderChecks(checks: readonly DoctorCheck[]): string {
  const rows = checks.map(({ status, name, detail, fix }) => [
    symbolOf(status, out.colors),
    name,
    fix === null ? detail : `${detail}\n→ ${fix}`,
  ]);
  return renderColumns([{ title: '' }, { title: '' }, { title: '' }], rows, out.within());
}

/** A server whose pool somebody has to serve; undefined when there is none, for the worker of a local stack serves every queue. */
function poolServer(): ServerOptions | undefined {
  if (hasServer()) return {};
  const info = stackInfoIn(path.resolve(cliSettings().TROUPE_DATA));
  if (info?.functions == null) return undefined;
  const { temporal: address, namespace } = info;
  return { address, namespace };
}

/** Whether calls wait that only a worker of the pool can take. Of a server that does not answer, another check says so. */
async function checkPool(): Promise<DoctorCheck[]> {
  const name = 'Pool';
  try {
    const found = poolServer();
    if (found === undefined) return [];
    const troupe = await connect(found);
    try {
      const calls = await troupe.waitingForPool();
      if (calls === 0) return [{ name, status: 'ok', detail: 'no call waits for a pool worker', fix: null }];
      return [{ name, status: 'fail', detail: poolWait(calls), fix: `start one with "${POOL_COMMAND}"` }];
    } finally {
      await troupe.close();
    }
  } catch {
    return [];
  }
}

/** `troupe doctor`: what is there and what to do about the rest; fails when something will not work. */
export async function doctor(flags: { readonly json?: true }): Promise<number> {
  const checks = (await Promise.all([runDoctor({ env: process.env, settings: cliSettings() }), checkPool()])).flat();
  const healthy = checks.every(({ status }) => status !== 'fail');
  if (flags.json === true) printJson({ healthy, checks });
  else print(renderChecks(checks));
  return healthy ? ExitCode.done : ExitCode.runFailed;
}
