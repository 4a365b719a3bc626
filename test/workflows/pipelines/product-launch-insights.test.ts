import { givenReviews, groundedIn } from '../../../workflows/pipelines/product-launch-insights';

describe('givenReviews()', () => {
  it('numbers reviews and cuts long ones, titles included', () => {
    const [first, second] = givenReviews([
      { listingId: 'x', rating: 5, title: 'T'.repeat(600), text: 'a'.repeat(900), date: '2026-01-02' },
      { rating: 1, text: 'Leaks' },
    ]);
    expect(first).toEqual({ id: 'r1', rating: 5, title: 'T'.repeat(500), text: 'a'.repeat(500) });
    expect(second).toEqual({ id: 'r2', rating: 1, text: 'Leaks' });
  });
});

describe('groundedIn()', () => {
  const reviews = givenReviews([1, 2, 3].map((rating) => ({ rating, text: 'x' })));

  it('keeps points that rest on given reviews, each review counted once, the point made most often first', () => {
    const praised = [
      { point: 'light', reviewIds: ['r1'] },
      { point: 'cold', reviewIds: ['r2', 'r3', 'r3', 'r9'] },
    ];
    expect(groundedIn(reviews, { praised, missed: [] })).toEqual({
      praised: [
        { point: 'cold', mentions: 2 },
        { point: 'light', mentions: 1 },
      ],
      missed: [],
    });
  });

  it('drops points that rest on no given review', () => {
    const missed = [
      { point: 'price it at $1', reviewIds: ['r9'] },
      { point: 'nothing', reviewIds: [] },
    ];
    expect(groundedIn(reviews, { praised: [], missed })).toEqual({ praised: [], missed: [] });
  });
});
