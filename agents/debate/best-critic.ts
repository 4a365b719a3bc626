import { defineCritic } from './define-critic';

/** Critic of a debate, of the best tier. */
export const bestCritic = defineCritic({ name: 'bestCritic', tier: 'best' });
