import type { Place } from './json-answer';

/** An invented company must not be somebody's. */
export const MADE_UP_COMPANIES = [
  'Alderwick',
  'Brindlemark',
  'Corvaneth',
  'Dovetail & Reed',
  'Elmstrand',
  'Fennimore Works',
  'Gantrelle',
  'Hollowbrook',
  'Inkwell Orchard',
  'Juniper & Slate',
  'Kestrelby',
  'Larkhollow',
  'Mossgrove',
  'Nettlefield',
  'Oakhaven Systems',
  'Pendlewick',
  'Quarrystone Labs',
  'Ravensmere',
  'Saltmarsh & Co',
  'Thistledown',
  'Umberlane',
  'Vellichor',
  'Wrenfield',
  'Yarrowgate',
] as const;

/** Whether a company is to be named: the `name` in a list of them. */
export const isCompany = ({ name, parent }: Place): boolean =>
  /^(?:name|company|brand|vendor)$/i.test(name) && /competitor|compan(?:y|ies)|vendor|supplier/i.test(parent);
