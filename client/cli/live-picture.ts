import { talkThrough } from './output';

/** Of log-update what is used here. */
export interface Updater {
  (picture: string): void;
  /** Writes a text that stays, in place of the picture. */
  persist(text: string): void;
  clear(): void;
  done(): void;
}

/** A picture that is redrawn in place. What is said meanwhile stays above it. */
export interface LivePicture {
  draw(picture: string): void;
  /** Leaves the last picture where it is. */
  close(): void;
}

export function openPicture(update: Updater): LivePicture {
  let latest: string | undefined;
  const draw = (picture: string): void => {
    // Of a picture that has grown in its middle, log-update would leave lines below as they were.
    if (latest !== undefined && linesOf(latest) !== linesOf(picture)) update.clear();
    latest = picture;
    update(picture);
  };
  const endTalk = talkThrough((line) => {
    update.persist(line);
    if (latest !== undefined) update(latest);
  });
  return {
    draw,
    close: () => {
      endTalk();
      update.done();
    },
  };
}

const linesOf = (picture: string): number => picture.split('\n').length;
