export { TroupeError, type FailureLink, type TroupeErrorCode, type Unfinished } from '../common/troupe-error';
