import { closest } from '../closest';
import { pipelines } from './index';
import { TroupeError } from '../troupe-error';

/** The refusal of a name that no pipeline has, or none of those `known` here. `action` is the verb: `start`. */
export function unknownPipeline(action: string, name: string, known: readonly string[] = Object.keys(pipelines)): TroupeError {
  const why = whyNot(name, known);
  return new TroupeError('invalid-input', `Cannot ${action} "${name}": ${why}; choose one of ${known.join(', ')}`);
}

function whyNot(name: string, known: readonly string[]): string {
  if (Object.hasOwn(pipelines, name)) return 'this pipeline is not made for it';
  const meant = closest(name, known);
  return meant === undefined ? 'no such pipeline' : `no such pipeline (did you mean "${meant}"?)`;
}
