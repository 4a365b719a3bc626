import { defineCritic } from './define-critic';

/** Critic of a debate, of the balanced tier. */
export const critic = defineCritic({ name: 'critic', tier: 'balanced' });
