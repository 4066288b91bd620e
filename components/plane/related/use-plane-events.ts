'use client';

import { useEffect, useState } from 'react';
import { type PlaneEvent, type PlaneEventsFrame, planeEventsFrameSchema } from '@/lib/api/related';
import { STREAM_TIMEOUT_MS } from '@/lib/api/stream';
import { retryDelayMs } from '@/lib/client/api/api-request';
import { type PlaneIdentity, planeApiPath } from '@/lib/plane/model/plane-path';

/** What is known of a plane's Kubernetes Events. */
export interface PlaneEvents {
  /** `connecting` until the first frame; `lost`: what is shown is the last that was known. */
  readonly state: PlaneEventsFrame['state'] | 'connecting';
  /** Newest first. */
  readonly events: readonly PlaneEvent[];
}

const CONNECTING: PlaneEvents = { state: 'connecting', events: [] };

/**
 * The Events of a plane, live while the component is mounted. A stream that ends is opened again; what was heard last
 * stays meanwhile, and is told as lost.
 */
export function usePlaneEvents(identity: PlaneIdentity, active: boolean): PlaneEvents {
  const [heard, setHeard] = useState<PlaneEvents>(CONNECTING);
  const path = `${planeApiPath(identity)}/events`;
  useEffect(() => {
    if (!active) return;
    return follow(path, {
      onFrame: setHeard,
      onLost: () =>
        setHeard((before) => (before.state === 'not-visible' ? before : { ...before, state: 'lost' })),
    });
  }, [path, active]);
  return heard;
}

interface Handlers {
  readonly onFrame: (frame: PlaneEventsFrame) => void;
  readonly onLost: () => void;
}

/** Follows the stream until the returned function is called. */
function follow(path: string, { onFrame, onLost }: Handlers): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  const heard = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => {
      onLost();
      source?.close();
      open();
    }, STREAM_TIMEOUT_MS);
  };
  const open = () => {
    clearTimeout(timer);
    source = new EventSource(path);
    heard();
    source.addEventListener('keepalive', heard);
    source.addEventListener('events', ({ data }) => {
      heard();
      const frame = planeEventsFrameSchema.safeParse(parseJson(data));
      if (!frame.success) return;
      failures = 0;
      onFrame(frame.data);
    });
    source.addEventListener('error', () => {
      onLost();
      // A broken connection the browser takes up again by itself; an answer that is no stream it gives up.
      if (source?.readyState !== EventSource.CLOSED) return;
      clearTimeout(watchdog);
      timer = setTimeout(open, retryDelayMs(failures));
      failures += 1;
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    clearTimeout(watchdog);
    source?.close();
  };
}

function parseJson(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}
