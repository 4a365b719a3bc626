import { shownFact } from '../../../workflows/pipelines/listing-shown-fact';

describe('shownFact()', () => {
  const shown = (field: string, value: string | number, kind: 'money' | 'number' = 'number') =>
    shownFact({ field, value, kind, source: '', published: true }, 'USD').value;

  it('writes every figure as a text may write it', () => {
    expect(shown('property.livingAreaSqft', 1840)).toBe('1,840 sq ft');
    expect(shown('property.lotSizeSqft', 1_240_000.5)).toBe('1,240,000.5 sq ft');
    expect(shown('property.yearBuilt', 1998)).toBe('1998');
    expect(shown('property.bathrooms', 2.5)).toBe('2.5');
    expect(shown('schools[0].distanceMiles', 0.2)).toBe('0.2 miles');
    expect(shown('askingPrice', 460_000, 'money')).toBe('$460,000');
    expect(shown('comps.medianPricePerSqft', 212.5, 'money')).toBe('$212.50');
    expect(shown('property.features[0]', 'new roof (2022)')).toBe('new roof (2022)');
  });
});
