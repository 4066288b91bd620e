import 'server-only';

/** What the streams of one kind may take up, all of them together. */
export interface StreamLimits {
  readonly maxReaders: number;
  /** Of readers who get the same frames: each audience has frames of its own, so the audiences are what costs. */
  readonly maxAudiences: number;
  /** What a reader is told who comes when either is used up. */
  readonly refusal: string;
}

/** Every bound on readers, of whatever stream, is in this file; `StreamHub` and `StreamReader` hold them. */
export const STREAM_LIMITS = {
  /** The audiences are as many as there are different rights. */
  fleet: {
    maxReaders: Number.POSITIVE_INFINITY,
    maxAudiences: Number.POSITIVE_INFINITY,
    refusal: 'Too many pages follow the fleet at once.',
  },
  wall: { maxReaders: 500, maxAudiences: 50, refusal: 'Too many walls are being shown at once.' },
  /** Each reader has a watch on the API server of its own, since each reads with its own rights. */
  planeEvents: {
    maxReaders: 500,
    maxAudiences: 500,
    refusal: 'Too many pages follow the events of planes at this moment.',
  },
} as const satisfies Record<string, StreamLimits>;

/** What may wait for one reader beside its first frames; more means that it doesn't keep up. */
export const MAX_WAITING_BYTES = 4 * 1024 * 1024;
