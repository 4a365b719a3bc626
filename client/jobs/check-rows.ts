export { checkRows, goodRows, type BadRow, type CheckedRows, type RowsOptions } from '../../rows/check-rows';
