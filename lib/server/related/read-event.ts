import 'server-only';
import type { PlaneEvent } from '@/lib/api/related';
import { MAX_WORD_LENGTH, shownMessage } from '@/lib/plane/model/shown-text';
import { parseTimeMs } from '@/lib/plane/time/age';
import { otherKindError } from '@/lib/server/kube/listed-kind';
import { z } from '@/lib/zod';

/** Absent, null, empty and Go's zero time all mean that there is none. */
const time = z
  .string()
  .nullish()
  .transform((value) => (parseTimeMs(value) === null ? null : value));
const eventSchema = z.object({
  metadata: z.object({ uid: z.string(), creationTimestamp: time }),
  type: z.string().nullish(),
  reason: z.string().nullish(),
  message: z.string().nullish(),
  count: z.number().nullish(),
  firstTimestamp: time,
  lastTimestamp: time,
  eventTime: time,
  series: z.object({ count: z.number().nullish(), lastObservedTime: time }).nullish(),
  source: z.object({ component: z.string().nullish() }).nullish(),
  reportingComponent: z.string().nullish(),
});

/**
 * Returns a Kubernetes Event as shown, from either of the two APIs: the older one counts in the event itself, the
 * newer one in a series, without the older times. Null when the object isn't an event. A message with a secret in it
 * is masked, because reporters repeat errors, and an error can quote anything.
 */
export function readEvent(object: unknown): PlaneEvent | null {
  const event = eventSchema.safeParse(object).data;
  if (!event) return null;
  const { metadata, series } = event;
  const first = event.firstTimestamp ?? event.eventTime ?? metadata.creationTimestamp ?? null;
  return {
    uid: metadata.uid,
    type: event.type || 'Normal',
    reason: shownMessage(event.reason ?? '', MAX_WORD_LENGTH),
    message: shownMessage(event.message ?? ''),
    source: shownMessage(event.reportingComponent || event.source?.component || '', MAX_WORD_LENGTH),
    count: series?.count ?? event.count ?? 1,
    firstSeenAt: first,
    lastSeenAt: series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? first,
  };
}

const subjectSchema = z.object({ involvedObject: z.object({ uid: z.string() }) });

/**
 * Returns an Event of an answer to a request for the Events about one object; null when it isn't an event.
 *
 * @throws KubeError `bad-answer` when it is about another object
 */
export function readEventAbout(uid: string, object: unknown): PlaneEvent | null {
  if (subjectSchema.safeParse(object).data?.involvedObject.uid !== uid)
    throw otherKindError('an Event about this plane');
  return readEvent(object);
}

/** Sorts the newest first. */
export function compareEvents(a: PlaneEvent, b: PlaneEvent): number {
  return seenAtMs(b) - seenAtMs(a);
}

function seenAtMs({ lastSeenAt }: PlaneEvent): number {
  return parseTimeMs(lastSeenAt) ?? 0;
}
