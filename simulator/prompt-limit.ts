import { invalidRequest, type ApiError } from './api-error';
import { promptTokensOf, type PromptPosition } from './tokens';

/** The error of a prompt with more tokens than the window holds. */
export function promptProblem(positions: readonly PromptPosition[], contextWindow: number): ApiError | undefined {
  const total = promptTokensOf(positions);
  return total > contextWindow ? invalidRequest(`prompt is too long: ${total} tokens > ${contextWindow} maximum`) : undefined;
}
