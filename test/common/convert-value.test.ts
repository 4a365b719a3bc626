import { convertValue, type FieldKind } from '../../common/convert-value';

describe('convertValue()', () => {
  it.each<[FieldKind, unknown, unknown]>([
    ['number', 1_840.5, 1_840.5],
    ['number', ' 1840 ', 1_840],
    ['number', '$1,250,000.50', 1_250_000.5],
    ['number', 'USD 12', 12],
    ['number', '12 EUR', 12],
    ['number', '7.5%', 7.5],
    ['number', '-3', -3],
    ['number', '1e3', 1_000],
    ['text', '  Larch ', 'Larch'],
    ['text', 7, '7'],
    ['text', false, 'false'],
    ['date', '2026-02-28', '2026-02-28'],
    ['date', '2026-02-28T23:59:59-08:00', '2026-02-28'],
    ['date', '2026-02-28 10:00', '2026-02-28'],
    ['texts', ['a', 2, true], ['a', '2', 'true']],
    ['texts', 'Deck, Patio; Pool', ['Deck', 'Patio', 'Pool']],
    ['texts', [], []],
    ['boolean', true, true],
    ['boolean', 'Y', true],
    ['boolean', 0, false],
    ['boolean', 'No', false],
  ])('reads as %s: %j', (kind, value, read) => {
    expect(convertValue(value, kind)).toEqual(read);
  });

  it.each<[FieldKind, unknown]>([
    ['number', '4k'],
    ['number', '7/10'],
    ['number', '1.234,5'],
    ['number', '12,34'],
    ['number', '5 to 6'],
    ['number', ''],
    ['number', 'N/A'],
    ['number', '1e999'],
    ['number', null],
    ['number', true],
    ['number', [5]],
    ['text', ' '],
    ['text', {}],
    ['date', '02/28/2026'],
    ['date', '2026-13-01'],
    ['date', '2026-02-281'],
    ['date', 20_260_228],
    ['texts', 7],
    ['boolean', 'maybe'],
    ['boolean', null],
  ])('rather reads nothing than guesses as %s: %j', (kind, value) => {
    expect(convertValue(value, kind)).toBeUndefined();
  });
});
