import { TroupeError } from '../../../common/troupe-error';
import { rowsNotWritten } from '../../../client/cli/say-output';

describe('rowsNotWritten()', () => {
  const place = { workflowId: 'job', file: 'out.csv' };

  it('tells what the file system says and how to get the rows', () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });
    expect(rowsNotWritten(full, place)).toEqual(
      new TroupeError(
        'run-failed',
        'Cannot write the rows of "job" to "out.csv": ENOSPC: no space left on device, write; they are kept, so write them elsewhere: npx troupe result job --out rows.csv',
      ),
    );
  });

  it('leaves any other error as it is', () => {
    const error = new Error('a bug');
    expect(rowsNotWritten(error, place)).toBe(error);
  });
});
