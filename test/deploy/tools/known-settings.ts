import { SETTING_NAMES } from '../../../common/settings';

/** Of Temporal's variables those that the profiles of the SDK know. */
const TEMPORAL = new Set(
  [
    ['ADDRESS', 'NAMESPACE', 'API_KEY', 'PROFILE', 'CONFIG_FILE', 'TLS'],
    ['TLS_CLIENT_CERT_PATH', 'TLS_CLIENT_CERT_DATA', 'TLS_CLIENT_KEY_PATH', 'TLS_CLIENT_KEY_DATA'],
    ['TLS_SERVER_CA_CERT_PATH', 'TLS_SERVER_CA_CERT_DATA', 'TLS_SERVER_NAME'],
  ]
    .flat()
    .map((name) => `TEMPORAL_${name}`),
);
/** What the client of AWS reads by itself. */
const AWS = new Set(['AWS_REGION', 'AWS_ENDPOINT_URL_S3']);

/** Names of variables that nobody reads: mistyped, or of a setting that is gone. */
export function unknownSettings(names: readonly string[]): string[] {
  const settings: ReadonlySet<string> = new Set(SETTING_NAMES);
  return names.filter((name) => !settings.has(name) && !TEMPORAL.has(name) && !AWS.has(name));
}
