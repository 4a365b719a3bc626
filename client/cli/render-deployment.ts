import type { DeploymentView } from '../../worker/deployments/describe';
import { ago } from './amounts';
import { renderColumns } from './columns';
import type { out } from './output';

/** Where new runs go, and every build with what the server starts for it. */
export function renderDeployment(view: DeploymentView, { colors, within }: Pick<typeof out, 'colors' | 'within'>, now: number): string {
  const { deployment, current, ramping, versions } = view;
  const rest = ramping === null ? '' : `, ${ramping.percentage} % of them to ${ramping.buildId}`;
  const where = current === null ? 'workers without a build' : `build ${current}`;
  const rows = versions.map(({ buildId, state, compute, createdAt }) => [
    buildId,
    state,
    compute ?? 'workers',
    createdAt === null ? '' : ago(now - createdAt),
  ]);
  const columns = [{ title: 'build' }, { title: 'state' }, { title: 'started as' }, { title: 'registered' }];
  return [
    `${colors.bold(deployment)}: new runs go to ${where}${rest}`,
    '',
    renderColumns(columns, rows, { bold: colors.dim, ...within() }),
  ].join('\n');
}
