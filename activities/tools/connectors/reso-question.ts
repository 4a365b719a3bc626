import type { ToolContext } from '../define-tool';
import type { Place } from '../place-input';
import { type ODataQuestion, odataText } from './odata';
import type { RowsSource } from './read-rows';
import type { ResoConfig } from './reso-config';
import { RESO_FIELDS } from '../../../common/reso-fields';

export interface ResoContext extends ToolContext<ResoConfig> {
  readonly tool: string;
}

const PAGE = 50;

/** A question to the resource `Property` for rows that meet all conditions. */
export function resoQuestion(
  { tool, config, signal, now }: ResoContext,
  conditions: readonly string[],
  orderBy: string,
): Omit<ODataQuestion, 'enough'> {
  const own = config.filter === undefined ? [] : [`(${config.filter})`];
  const filter = [`PropertyType eq ${odataText(config.propertyType)}`, ...own, ...conditions].join(' and ');
  const omitted: readonly string[] = config.omit;
  const select = Object.keys(RESO_FIELDS).filter((name) => !omitted.includes(name));
  return { tool, config, signal, now, resource: 'Property', query: { filter, select, orderBy, top: PAGE } };
}

/** Conditions on the town. A postal code says it all, and its spelling is the same everywhere; else city and state do; else there are none. */
export function inTown({ address, city, state, postalCode }: Place): string[] {
  const code = postalCode ?? /[\s,](\d{5}(?:-\d{4})?)$/.exec(address)?.[1];
  if (code !== undefined) return [`startswith(PostalCode,${odataText(code.replace(/^(\d{5})-\d{4}$/, '$1'))})`];
  const inState = state === undefined ? [] : [`StateOrProvince eq ${odataText(state)}`];
  return city === undefined ? [] : [`City eq ${odataText(city)}`, ...inState];
}

export function resoSource({ tool, config: { baseUrl } }: ResoContext): RowsSource {
  return { tool, host: new URL(baseUrl).host, advice: `check "baseUrl" of "${tool}" in the tools file` };
}
