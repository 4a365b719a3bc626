import { closest } from '../common/closest';
import { pipelines } from '../common/pipelines';
import { TroupeError } from './troupe-error';

/** The refusal of a name that no pipeline has. `action` is the verb: `start`. */
export function unknownPipeline(action: string, name: string): TroupeError {
  const known = Object.keys(pipelines);
  const meant = closest(name, known);
  const why = meant === undefined ? 'no such pipeline' : `no such pipeline (did you mean "${meant}"?)`;
  return new TroupeError('invalid-input', `Cannot ${action} "${name}": ${why}; choose one of ${known.join(', ')}`);
}
