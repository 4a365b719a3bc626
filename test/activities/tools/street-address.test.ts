import { sameStreet, telltaleWord } from '../../../activities/tools/street-address';

const QUILLMERE = { city: 'Quillmere', state: 'OR', postalCode: '97000-1234' };

describe('sameStreet()', () => {
  it.each([
    ['14 Larch Street', '14 larch st.'],
    ['14 Larch Street, Quillmere, OR 97000', '14 Larch St'],
    ['14 Larch St Quillmere OR 97000-1234', '14 LARCH STREET, QUILLMERE'],
    ['14 Larch Street, Quillmere, OR, 97000, USA', '14 Larch Street 97000'],
    ['207 North Mill Pond Road', '207 N. Mill Pond Rd'],
    ['12 Green Street, Unit 2', '12 Green St #2'],
    ['12 Green Street Apt. 2, Quillmere', '12 Green Street Suite 2'],
    ["5 O'Brien Court", '5 OBrien Ct'],
  ])('%s is %s', (one, other) => {
    expect(sameStreet(one, other, QUILLMERE)).toBe(true);
    expect(sameStreet(other, one, QUILLMERE)).toBe(true);
  });

  it.each([
    ['14 Larch Street', '114 Larch Street'],
    ['14 Larch Street', '14 Larch Avenue'],
    ['14 Larch Street', '14 North Larch Street'],
    ['12 Green Street', '12 Green Street, Unit 2'],
    ['12 Green Street, Unit 2', '12 Green Street, Unit 22'],
  ])('%s is not %s', (one, other) => {
    expect(sameStreet(one, other, QUILLMERE)).toBe(false);
  });

  it('takes no kind of street for the state of the same letters', () => {
    const hartford = { city: 'Hartford', state: 'CT', postalCode: '06101' };
    expect(sameStreet('9 Heron Court', '9 Heron Ct, Hartford, CT 06101', hartford)).toBe(true);
    expect(sameStreet('9 Heron Court', '9 Heron, Hartford, CT', hartford)).toBe(false);
  });

  it('leaves of an address at least its first word, and needs no locality', () => {
    expect(sameStreet('Quillmere', '', QUILLMERE)).toBe(false);
    expect(sameStreet('14 Larch St', '14 Larch Street', {})).toBe(true);
  });
});

describe('telltaleWord()', () => {
  it.each([
    ['14 North Larch Street, Quillmere', 'larch'],
    ['207 Mill Pond Road', 'mill'],
    ["5 O'Brien Court", 'brien'],
    ['1 Avenue A', undefined],
    ['14 Larch Street Quillmere', 'larch'],
  ])('of %s is %s', (address, word) => {
    expect(telltaleWord(address, QUILLMERE)).toBe(word);
  });
});
