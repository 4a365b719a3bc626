import { runDoctor, type DoctorCheck } from '../../../worker/local/doctor-checks';
import { connect } from '../../connect';
import { cliSettings } from '../cli-settings';
import { renderColumns } from '../columns';
import { ExitCode } from '../exit-codes';
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

/** Whether calls wait that only a worker of the pool can take. Of a server that does not answer, another check says so. */
async function checkPool(): Promise<DoctorCheck[]> {
  if (!process.env['TEMPORAL_ADDRESS']) return []; // the worker of the local stack serves every queue
  const name = 'Pool';
  try {
    const troupe = await connect();
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
