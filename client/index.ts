/**
 * Typed client of Troupe: start pipelines, watch them, read their results.
 * @example
 * const troupe = await connect();
 * const run = await troupe.start('article', { topic: 'How to build a RAG system with Python' });
 * const { result, ledger } = await run.result();
 */
export { connect, type ClosedJob, type ConnectOptions, type Troupe } from './connect';
export type { ServerOptions } from './connection';
export type { FormerRun } from './former-runs';
export { checkRows, goodRows, type CheckedRows, type RowsOptions } from '../rows/check-rows';
export type { ReadyMap } from '../rows/map-formats';
export type { JobOutput, JobOutputOptions } from '../rows/job-output';
export type { OutputOrder } from '../rows/orders';
export type { JobOptions, JobRows, Redo } from './jobs/start-job';
export type { ListFilter } from './list-runs';
export type { LiveCall } from './live-calls';
export type { RunHandle } from './run-handle';
export type { RunStatus, RunSummary } from './run-summary';
export type { ScheduleOptions, ScheduleTimes } from './schedules/check-schedule';
export type { CreatedSchedule } from './schedules/create-schedule';
export type { ScheduledRun, ScheduleSummary } from './schedules/describe-schedule';
export type { Overlap } from './schedules/overlaps';
export type { ScheduledWork, Schedules } from './schedules/schedules';
export type { Triggered } from './schedules/steer-schedule';
export type { StartOptions } from './check-start';
export { TroupeError, type FailureLink, type TroupeErrorCode, type Unfinished } from '../common/troupe-error';
export type { WatchedRun, WatchedStep, WatchOptions } from './watch-run';
export { pipelines, type PipelineName, type Pipelines } from '../common/pipelines';
export type { PipelineRequest, PipelineResult } from '../common/pipelines/types';
export type { CallHeartbeat } from '../common/call';
export type { LedgerView } from '../common/ledger';
export type { JobChange, Limits } from '../common/messages';
export type { BadRow, GivenRow, JobHold, JobProgress, MapFormat, RowOrigin, RowOutcome, RowStatus } from '../common/job';
export type { OpenReview, Review, ReviewAnswer, ReviewCommand, ReviewDecision, ReviewRecord } from '../common/review';
export type { Artifact, Blackboard, Degradation, RunOptions, RunOutcome, RunProgress, StepProgress, StepState } from '../common/run';
export type { TokenUsage } from '../common/pricing';
