import type { RawFrame } from './feed-connection';

/** What a tab says to the worker that holds the browser's one stream. */
export type ToWorker =
  /** Here I am, or am again: tell me everything. */
  | { readonly type: 'join' }
  /** The machine slept or the network came back: do not trust the connection. */
  | { readonly type: 'wake' }
  | { readonly type: 'leave' };

/** What the worker says to a tab. */
export type FromWorker =
  /** The answer to `join`: what the worker knows, as a snapshot of its own making; null: nothing yet. */
  | {
      readonly type: 'joined';
      readonly frame: RawFrame | null;
      /** How long ago the server was last heard. */
      readonly frameAgeMs: number;
      readonly lost: boolean;
    }
  | { readonly type: 'frame'; readonly frame: RawFrame }
  | { readonly type: 'lost' };
