import type { z } from 'zod';

import type { PipelineName, Pipelines } from './index';

/** What a pipeline's workflow gets: the input with its defaults filled in. */
export type PipelineInput<Name extends PipelineName> = z.output<Pipelines[Name]['input']>;

/** What a client may hand in: defaults left out. */
export type PipelineRequest<Name extends PipelineName> = z.input<Pipelines[Name]['input']>;

/** The pipeline's own result, without ledger. */
export type PipelineResult<Name extends PipelineName> = z.output<Pipelines[Name]['result']>;
