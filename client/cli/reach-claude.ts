import { TroupeError } from '../../common/troupe-error';

const CLAUDE_URL = 'https://api.anthropic.com';
const TIMEOUT_MS = 5_000;
const PROXIES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'];

/**
 * Makes sure that Claude answers at all before a run is started that would wait an hour for it. Any answer will do: whether
 * the key is right is for the run to find out. Behind a proxy nothing can be told from here.
 * @throws TroupeError `unreachable`
 */
export async function reachClaude(baseUrl: string | undefined): Promise<void> {
  if (PROXIES.some((name) => (process.env[name] ?? '') !== '')) return;
  const url = baseUrl || CLAUDE_URL;
  try {
    const answer = await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    await answer.body?.cancel();
  } catch (error) {
    const cure = 'check the network and ANTHROPIC_BASE_URL';
    throw new TroupeError('unreachable', `Cannot start the run: Claude at "${url}" does not answer; ${cure}`, { cause: error });
  }
}
