import { briefWriter } from './brief-writer';
import { editor } from './editor';
import { outliner } from './outliner';
import { researcher } from './researcher';
import { seo } from './seo';
import { synthesizer } from './synthesizer';
import { title } from './title';
import { writer } from './writer';

/**
 * The registry: every agent that workflows can call by name. The workflow side knows the same names from
 * `common/call-options.ts`; a test keeps the two equal.
 */
export const agents = { researcher, outliner, writer, title, seo, briefWriter, editor, synthesizer } as const;

export type Agents = typeof agents;
