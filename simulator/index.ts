export type { RequestFilter } from './bill';
export type { BillRecord, CallerTags, Outcome } from './bill-record';
export type { SimulatorStats } from './bill-stats';
export type { Fault, FaultInput, FaultRule, FaultSelector } from './faults';
export type { CustomLimits, LimitsOption, RateLimits } from './limits';
export type { ConfigChange, SimulatorOptions } from './options';
export type { AnswerRule, RuleMatch, RuleReply } from './rules';
export { runSimulator, type RunSimulatorOptions } from './run-simulator';
export { startSimulator, type Simulator } from './start-simulator';
