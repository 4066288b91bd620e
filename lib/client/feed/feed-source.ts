import { FeedConnection, type RawFrame } from './feed-connection';

export interface FeedSourceHandlers {
  /**
   * Returns whether the frame could be used.
   *
   * @param ageMs how long ago the server was heard with it: not 0 only for what another tab's worker already knew
   */
  readonly onFrame: (frame: RawFrame, ageMs: number) => boolean;
  readonly onLost: () => void;
}

/** Where a tab gets its frames from: a stream of its own, or one that all tabs share. */
export interface FeedSource {
  /** The machine slept or the network came back: do not trust the connection. */
  wake(): void;
  close(): void;
}

/** A stream of this tab's own. */
export function ownFeed(url: string, { onFrame, onLost }: FeedSourceHandlers): FeedSource {
  const connection = new FeedConnection(url, { onFrame: (frame) => onFrame(frame, 0), onLost });
  connection.connect();
  return {
    wake: () => connection.connect(),
    close: () => connection.close(),
  };
}
