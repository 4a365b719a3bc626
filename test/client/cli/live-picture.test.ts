import { openPicture, type Updater } from '../../../client/cli/live-picture';
import { say } from '../../../client/cli/output';

/** Writes down what it is asked to do. */
function recorder() {
  const calls: string[] = [];
  const update: Updater = Object.assign((picture: string) => void calls.push(`draw ${picture}`), {
    persist: (text: string) => void calls.push(`persist ${text}`),
    clear: () => void calls.push('clear'),
    done: () => void calls.push('done'),
  });
  return { update, calls };
}

describe('openPicture()', () => {
  it('puts what is said above the picture, and draws it again below', () => {
    const { update, calls } = recorder();
    const picture = openPicture(update);
    say('before the first one');
    picture.draw('bar');
    say('the worker died and is started again');
    picture.close();
    expect(calls).toEqual(['persist before the first one', 'draw bar', 'persist the worker died and is started again', 'draw bar', 'done']);
    const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      say('afterwards');
      expect(stderr.mock.calls).toEqual([['afterwards\n']]);
      expect(calls).toHaveLength(5);
    } finally {
      stderr.mockRestore();
    }
  });

  it('draws anew what has more or fewer lines than before', () => {
    const { update, calls } = recorder();
    const picture = openPicture(update);
    for (const drawn of ['a\nc', 'a\nd', 'a\nb\nd', 'a\nd']) picture.draw(drawn);
    picture.close();
    expect(calls).toEqual(['draw a\nc', 'draw a\nd', 'clear', 'draw a\nb\nd', 'clear', 'draw a\nd', 'done']);
  });
});
