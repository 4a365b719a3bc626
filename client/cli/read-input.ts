import { readFile } from 'node:fs/promises';

import { pipelines } from '../../common/pipelines';
import { TroupeError } from '../../common/troupe-error';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
};

const invalid = (message: string, cause?: unknown): TroupeError => new TroupeError('invalid-input', message, { cause });

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}

/** Reads and parses `--input FILE`, or `-` for stdin. */
export async function readJson(file: string): Promise<unknown> {
  const name = file === '-' ? 'standard input' : `input "${file}"`;
  let text: string;
  try {
    text = file === '-' ? await readStdin() : await readFile(file, 'utf8');
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw invalid(`Cannot read ${name}: ${REASONS[code] ?? message}; check the path`, error);
  }
  if (text.trim() === '') throw invalid(`Cannot read ${name}: it is empty; give a JSON object`);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const why = error instanceof Error ? error.message.replaceAll(/\s+/g, ' ') : String(error);
    throw invalid(`Cannot read ${name}: not valid JSON (${why}); correct it`, error);
  }
}

/**
 * The input of a pipeline from what the command line gives: a subject, a file, or a file that the subject completes.
 * Unknown pipelines pass: the check of the start names the known ones.
 */
export async function readInput(pipeline: string, subject: string | undefined, file: string | undefined): Promise<unknown> {
  if (!Object.hasOwn(pipelines, pipeline)) return {};
  const { subjectField } = pipelines[pipeline as keyof typeof pipelines]; // checked above
  if (file === undefined) {
    if (subject === undefined)
      throw invalid(`Cannot start "${pipeline}": no ${subjectField} is given; add it in quotes, or use --input FILE.json`);
    return { [subjectField]: subject };
  }
  const input = await readJson(file);
  if (subject === undefined) return input;
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return input;
  if (subjectField in input) {
    throw invalid(`Cannot start "${pipeline}": the ${subjectField} is given twice, as an argument and in the input; give it once`);
  }
  return { ...input, [subjectField]: subject };
}
