/** The task queue of all workflows and, unless an agent says otherwise, of all calls. */
export const TASK_QUEUE = 'troupe';
