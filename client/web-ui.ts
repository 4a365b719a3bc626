const CLOUD = /\.tmprl\.cloud(:\d+)?$|\.api\.temporal\.io(:\d+)?$/;
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(?::(\d+))?$/;
/** The dev server opens its Web UI on the port of its frontend plus this. */
const DEV_UI_OFFSET = 1_000;

/** Where a server's Web UI most likely is; null when nothing tells. */
export function guessWebUi(address: string): string | null {
  if (CLOUD.test(address)) return 'https://cloud.temporal.io';
  const loopback = LOOPBACK.exec(address);
  if (loopback === null) return null;
  return `http://${loopback[1]}:${Number(loopback[2] ?? 7233) + DEV_UI_OFFSET}`;
}

/** Link that opens one run; null without a Web UI. */
export function runUrl(
  webUi: string | null,
  run: { readonly namespace: string; readonly workflowId: string; readonly runId: string },
): string | null {
  if (webUi === null) return null;
  const id = encodeURIComponent(run.workflowId);
  return `${webUi.replace(/\/+$/, '')}/namespaces/${encodeURIComponent(run.namespace)}/workflows/${id}/${run.runId}/timeline`;
}
