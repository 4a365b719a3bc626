import { joinLocalStack, type JoinOptions, type LocalStack } from '../../worker/local/local-stack';
import { makeDataDir } from '../../worker/local/data-dir';
import { TroupeError } from '../../common/troupe-error';

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Joins the local stack, or starts it.
 * @throws TroupeError `invalid-input` for a data folder that cannot be used, else `unreachable`.
 */
export async function joinStack(options: JoinOptions & { readonly dataDir: string }): Promise<LocalStack> {
  try {
    makeDataDir(options.dataDir);
  } catch (error) {
    throw new TroupeError('invalid-input', wordsOf(error), { cause: error });
  }
  try {
    return await joinLocalStack({ command: `npx troupe ${process.argv[2] ?? ''}`, ...options });
  } catch (error) {
    throw new TroupeError('unreachable', wordsOf(error), { cause: error });
  }
}
