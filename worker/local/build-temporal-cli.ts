import path from 'node:path';

import { buildGoTool, type BuildOptions } from './build-go-tool';
import { BUILT_CLI_VERSION } from './find-temporal-cli';
import { packageRoot } from './package-root';

/**
 * Builds `temporal` from the pinned modules in `worker/temporal-cli`: about five minutes and 5 GB of Go's cache the first time.
 * @returns undefined when built, else why it could not be.
 */
export function buildTemporalCli(options: BuildOptions): Promise<string | undefined> {
  const temporal = {
    moduleFolder: path.join(packageRoot(), 'worker', 'temporal-cli'),
    package: 'github.com/temporalio/cli/cmd/temporal',
    ldflags: `-s -w -X github.com/temporalio/cli/internal/temporalcli.Version=${BUILT_CLI_VERSION}`,
    doing: 'Building the Temporal server with Go (once, about five minutes)',
  };
  return buildGoTool(temporal, options);
}
