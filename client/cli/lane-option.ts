import { Option } from 'commander';

import { LANES } from '../../common/call';
import { oneOf } from './values';

/** The lane of whatever a command starts. */
export const laneOption = (): Option =>
  new Option('--lane <lane>', 'interactive (default); batch: half the price, within a day; auto: batch if the deadline allows').argParser(
    oneOf('--lane', LANES),
  );
