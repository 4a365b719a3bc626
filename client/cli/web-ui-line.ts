/** Where a run can be seen. The local stack's Web UI ends with the stack, which the reader has to know. */
export function webUiLine(url: string, local: boolean): string {
  return local ? `Web UI (while the stack is up; "npx troupe dev" keeps it up): ${url}` : `Web UI: ${url}`;
}
