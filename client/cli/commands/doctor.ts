import { runDoctor, type DoctorCheck } from '../../../worker/local/doctor-checks';
import { cliSettings } from '../cli-settings';
import { renderColumns } from '../columns';
import { ExitCode } from '../exit-codes';
import { out, print, printJson, type Colors } from '../output';

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

/** `troupe doctor`: what is there and what to do about the rest; fails when something will not work. */
export async function doctor(flags: { readonly json?: true }): Promise<number> {
  const checks = await runDoctor({ env: process.env, settings: cliSettings() });
  const healthy = checks.every(({ status }) => status !== 'fail');
  if (flags.json === true) printJson({ healthy, checks });
  else print(renderChecks(checks));
  return healthy ? ExitCode.done : ExitCode.runFailed;
}
