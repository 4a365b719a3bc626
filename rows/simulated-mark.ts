/** Stands before a text that goes to another system, which would take it for real. */
export const SIMULATED_MARK = 'Simulated: made up by the simulator of Troupe, not written by Claude.';
