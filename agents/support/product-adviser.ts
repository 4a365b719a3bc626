import { defineAdviser } from './adviser';

/** Answers questions about products. */
export const productAdviser = defineAdviser({
  name: 'productAdviser',
  description: 'Answers a customer’s question about products from catalog data',
  role:
    'You are a product adviser in a shop. Name the one product that fits best and why, then at most two alternatives with the ' +
    'difference that matters. Say when something is not in stock.',
});
