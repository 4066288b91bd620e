'use client';

import { useEffect, useState } from 'react';
import { type PlaneEvent, type PlaneEventsFrame, planeEventsFrameSchema } from '@/lib/api/related';
import { EventStream } from '@/lib/client/feed/event-stream';
import { openInPage } from '@/lib/client/feed/page-stream';
import { probeStream } from '@/lib/client/feed/stream-probe';
import { type PlaneIdentity, planeApiPath } from '@/lib/plane/model/plane-path';

/** A plane's Kubernetes Events as the page knows them. */
export interface PlaneEvents {
  /** `connecting`: before the first frame, and after a pause; `lost`: `events` are the last known ones. */
  readonly state: PlaneEventsFrame['state'] | 'connecting';
  /** The server's sentence if it admits no more readers; null otherwise. */
  readonly refusal: string | null;
  /** Newest first. */
  readonly events: readonly PlaneEvent[];
}

const CONNECTING: PlaneEvents = { state: 'connecting', refusal: null, events: [] };
const EVENTS = ['events', 'keepalive'] as const;

/**
 * Streams the Events of a plane while the component is mounted and the page is visible, because each stream costs a
 * connection and a watch. Reopens a broken stream and keeps the last events meanwhile.
 */
export function usePlaneEvents(identity: PlaneIdentity, active: boolean): PlaneEvents {
  const [latest, setLatest] = useState<PlaneEvents>(CONNECTING);
  const path = `${planeApiPath(identity)}/events`;
  useEffect(() => {
    if (!active) return;
    const setState = (state: 'connecting' | 'lost') =>
      setLatest((before) => (before.state === 'not-visible' ? before : { ...before, state }));
    const stream = new EventStream<(typeof EVENTS)[number], string>({
      url: () => path,
      events: EVENTS,
      onEvent: ({ event, text }) => {
        if (event === 'keepalive') return true;
        const frame = planeEventsFrameSchema.safeParse(parseJson(text));
        if (frame.success) setLatest({ ...frame.data, refusal: null });
        return frame.success;
      },
      onLost: () => setState('lost'),
      probe: (signal) => probeStream(path, EVENTS, signal),
      onRefused: (refusal) => setLatest((before) => ({ ...before, state: 'lost', refusal })),
    });
    return openInPage(stream, { onPaused: () => setState('connecting') });
  }, [path, active]);
  return latest;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
