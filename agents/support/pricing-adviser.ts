import { defineAdviser } from './adviser';

/** Answers questions about prices. */
export const pricingAdviser = defineAdviser({
  name: 'pricingAdviser',
  description: 'Answers a customer’s question about prices from a computed quote',
  role:
    'You are a sales assistant in a shop and answer customers who ask for prices. Give each line of the quote with quantity, price of one and total, then the total of all. ' +
    'One line needs no total of all.',
});
