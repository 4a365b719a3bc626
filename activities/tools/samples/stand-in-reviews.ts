import type { SampleListing } from './sample-listing';

/** Invented reviews that fit about any product. */
export const STAND_IN_REVIEWS: SampleListing['reviews'] = [
  [5, 'Just right', 'Exactly what I was looking for; I would buy it again.'],
  [4, 'Well made', 'Solid work and quick delivery. The packaging could be smaller.'],
  [3, 'Does its job', 'It works, but I had hoped for better instructions.'],
  [5, 'Every day', 'I have used it every day for three months without trouble.'],
  [2, 'Not for me', 'Smaller than it looks in the pictures.'],
  [4, 'Good value', 'Costs less than others and is hardly worse.'],
  [1, 'Had to return it', 'It stopped working after a week; the refund was quick.'],
  [5, 'A good gift', 'Gave it to a friend, who likes it very much.'],
];
