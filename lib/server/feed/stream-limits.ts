import 'server-only';

/** Limits for all streams of one kind together. */
export interface StreamLimits {
  readonly maxReaders: number;
  /** Groups of readers that get the same frames. Each has frames of its own, so audiences are the cost. */
  readonly maxAudiences: number;
  /** The message for a reader beyond either limit. */
  readonly refusal: string;
}

/**
 * All limits on readers, of every stream; `StreamHub` and `StreamReader` enforce them. All tabs of a browser are one
 * reader of the fleet.
 */
export const STREAM_LIMITS = {
  /** There are as many audiences as different rights, in each of the two forms of heartbeats. */
  fleet: { maxReaders: 1000, maxAudiences: 100, refusal: 'Too many browsers receive live updates.' },
  wall: { maxReaders: 500, maxAudiences: 50, refusal: 'Too many walls are open.' },
  /** Each reader has its own watch on the API server, because each reads with its own rights. */
  planeEvents: {
    maxReaders: 500,
    maxAudiences: 500,
    refusal: 'Too many pages receive plane events.',
  },
} as const satisfies Record<string, StreamLimits>;

/** How many answers with the whole fleet are sent at once. Each may be another revision, of some megabytes. */
export const MAX_FLEET_ANSWERS = 20;

/**
 * How many bytes, before compression, may wait for one reader beside its first frames. A reader with more waiting is too
 * slow.
 */
export const MAX_WAITING_BYTES = 4 * 1024 * 1024;
