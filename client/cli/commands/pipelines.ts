import { pipelines as registry, type PipelineName } from '../../../common/pipelines';
import { unknownPipeline } from '../../../common/pipelines/unknown-pipeline';
import { renderColumns } from '../columns';
import { describeSchema, jsonSchemaOf } from '../describe-schema';
import { ExitCode } from '../exit-codes';
import { out, print, printJson } from '../output';
import { examplesOf } from '../pipeline-examples';
import { wrapText } from '../wrap-text';

function known(name: string): PipelineName {
  if (Object.hasOwn(registry, name)) return name as PipelineName; // checked by this line
  throw unknownPipeline('show', name);
}

function describeOne(name: PipelineName): string {
  const { description, diagram, input, result } = registry[name];
  const { bold, dim } = out.colors;
  const rows = describeSchema(input, 'input').map((field) => [field.name, field.type, field.need, field.description]);
  const columns = [{ title: 'field' }, { title: 'type' }, { title: 'need' }, { title: 'meaning' }];
  return [
    bold(name),
    wrapText(description, out.width()),
    '',
    `  ${diagram}`,
    '',
    renderColumns(columns, rows, { bold: dim, ...out.within() }),
    '',
    renderColumns(
      [{ title: 'field of the result' }, { title: 'type' }],
      describeSchema(result, 'output').map((field) => [field.name, field.type]),
      { bold: dim, ...out.within() },
    ),
    '',
    ...examplesOf(name),
  ].join('\n');
}

/** `troupe pipelines [name]`: what can be run, or one pipeline's input and result. */
export function pipelines(name: string | undefined, flags: { readonly json?: true }): number {
  if (name !== undefined) {
    const { description, diagram, input, result, subjectField } = registry[known(name)];
    const schemas = { input: jsonSchemaOf(input, 'input'), result: jsonSchemaOf(result, 'output') };
    if (flags.json === true) printJson({ name, description, diagram, subjectField, ...schemas });
    else print(describeOne(known(name)));
    return ExitCode.done;
  }
  const all = Object.values(registry);
  if (flags.json === true)
    printJson(all.map((pipeline) => ({ name: pipeline.name, description: pipeline.description, diagram: pipeline.diagram })));
  else
    print(
      renderColumns(
        [{ title: 'pipeline' }, { title: 'does' }],
        all.map((pipeline) => [pipeline.name, pipeline.diagram]),
        { bold: out.colors.dim },
      ),
    );
  return ExitCode.done;
}
