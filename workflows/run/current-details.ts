import { setCurrentDetails, workflowInfo, workflowMetadataQuery, type WorkflowInternalsInterceptor } from '@temporalio/workflow';

import { detailsText } from './details-text';
import { runHere, runProgress } from './run';

const METADATA_QUERY = workflowMetadataQuery.name;

/**
 * Keeps the run's state as Markdown in the "Current Details" of the Web UI. Written when somebody looks, which is a query that the
 * SDK answers without asking other interceptors: a run that nobody watches pays nothing for it. Not in history, so it costs no event.
 */
export function detailsOnDemand(): WorkflowInternalsInterceptor {
  return {
    activate(input, next) {
      const run = runHere();
      if (run !== undefined && input.activation.jobs?.some(({ queryWorkflow }) => queryWorkflow?.queryType === METADATA_QUERY) === true)
        setCurrentDetails(detailsText(runProgress(run), workflowInfo().workflowId));
      next(input);
    },
  };
}
