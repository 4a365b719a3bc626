import fc from 'fast-check';

import { odataText } from '../../../../activities/tools/connectors/odata';
import { parseFilter } from './reso-server';

describe('odataText()', () => {
  it('is one text to a server, whatever is in it', () => {
    const hostile = fc.array(fc.constantFrom("'", "''", ' or ', ' eq ', '(', ')', 'Land', '\n', '\\', '%27', '"', '’', 'x'), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string({ unit: 'binary' }),
          hostile.map((parts) => parts.join('')),
        ),
        (text) => {
          const known = text.replace(/[\p{Cc}\p{Surrogate}]+/gu, ' ');
          const matches = parseFilter(`PropertyType eq 'Residential' and City eq ${odataText(text)} and BedroomsTotal ge 2`);
          expect(matches({ PropertyType: 'Residential', City: known, BedroomsTotal: 3 })).toBe(true);
          expect(matches({ PropertyType: 'Residential', City: `${known}x`, BedroomsTotal: 3 })).toBe(false);
          expect(matches({ PropertyType: 'Land', City: known, BedroomsTotal: 3 })).toBe(false);
          expect(matches({ PropertyType: 'Residential', City: known, BedroomsTotal: 1 })).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });
});
