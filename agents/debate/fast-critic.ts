import { defineCritic } from './define-critic';

/** Critic of a debate, of the fast tier. */
export const fastCritic = defineCritic({ name: 'fastCritic', tier: 'fast' });
