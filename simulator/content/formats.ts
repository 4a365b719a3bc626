import { slugOf } from './language';
import type { Writer } from './writer';

const two = (value: number): string => String(value).padStart(2, '0');

/** A text in one of the formats that structured outputs know. */
export function formatted(format: string, { random, brief }: Writer): string {
  const day = (): string => `${random.int(2024, 2026)}-${two(random.int(1, 12))}-${two(random.int(1, 28))}`;
  const time = (): string => `${two(random.int(0, 23))}:${two(random.int(0, 59))}:${two(random.int(0, 59))}`;
  const hex = (length: number): string => Array.from({ length }, () => random.int(0, 15).toString(16)).join('');
  // Reserved for documentation: a made-up address must not belong to anybody.
  const host = 'example.org';
  switch (format) {
    case 'date':
      return day();
    case 'time':
      return `${time()}Z`;
    case 'date-time':
      return `${day()}T${time()}Z`;
    case 'duration':
      return `P${random.int(1, 3)}DT${random.int(1, 12)}H`;
    case 'email':
      return `${random.pick(['hello', 'editor', 'team', 'contact'])}@${host}`;
    case 'hostname':
      return host;
    case 'uri':
      return `https://${host}/${slugOf(brief.topic.short) || 'page'}`;
    case 'ipv4':
      return `192.0.2.${random.int(1, 254)}`;
    case 'ipv6':
      return `2001:db8::${hex(4)}`;
    case 'uuid':
      return `${hex(8)}-${hex(4)}-4${hex(3)}-${random.pick(['8', '9', 'a', 'b'])}${hex(3)}-${hex(12)}`;
    default:
      return brief.topic.short;
  }
}
