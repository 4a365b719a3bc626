export { formatOf, isRowFile, readRows, type FileRow, type RowFormat } from '../../rows/read-rows';
