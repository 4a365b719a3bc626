import type { WorkflowHandle } from '@temporalio/client';

import { isLargeOutput } from '../common/large-output';
import { blackboardQuery, reviewUpdate } from '../common/messages';
import type { Review, ReviewCommand, ReviewRecord } from '../common/review';
import type { ClientContext } from './context';

const UPDATE_TIMEOUT_MS = 10_000;

/** Every gate that the run had so far, with whole proposals as far as the store can be read here. */
export async function readReviews(context: ClientContext, handle: WorkflowHandle): Promise<Review[]> {
  const { reviews = [] } = await handle.query(blackboardQuery);
  return Promise.all(reviews.map(async (review) => ({ ...review, proposal: await wholeOf(context, review.proposal) })));
}

async function wholeOf(context: ClientContext, value: unknown): Promise<unknown> {
  if (!isLargeOutput(value)) return value;
  const bytes = await (await context.openStore())?.get(value.ref);
  return bytes === undefined ? value : JSON.parse(bytes.toString('utf8'));
}

/** Answers a gate; the run's own validator refuses what does not fit. */
export function sendReview(context: ClientContext, handle: WorkflowHandle, command: ReviewCommand): Promise<ReviewRecord> {
  return context.client.withDeadline(Date.now() + UPDATE_TIMEOUT_MS, () => handle.executeUpdate(reviewUpdate, { args: [command] }));
}
