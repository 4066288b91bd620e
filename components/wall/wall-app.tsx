'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import { monotonicMs } from '@/lib/client/feed/monotonic-clock';
import { openInPage } from '@/lib/client/feed/page-stream';
import { type DocumentHeadline, useDocumentHeadline } from '@/lib/client/headline/document-headline';
import { faviconHref } from '@/lib/client/headline/favicon';
import { headlineOf, headlineText } from '@/lib/plane/fleet/headline';
import { attentionOf, countAttention } from '@/lib/plane/health/attention';
import { formatCount } from '@/lib/plane/model/text';
import { boardMomentMs } from '@/lib/plane/wall/board';
import { NewAlarms } from '@/lib/plane/wall/new-alarms';
import { parseWallChoices } from '@/lib/plane/wall/wall-choices';
import { parseWallFilter, parseWallGroup } from '@/lib/plane/wall/wall-filter';
import { keepAwake, useScreen, watchPerson } from './kiosk';
import { forgetCrashesInTime, reloadForUpgrade, reloadOnErrors } from './reload';
import { WallDisplay } from './wall-display';
import type { WallRefusal } from './wall-refusal';
import { type WallMoment, WallStore } from './wall-store';
import { wallStream } from './wall-stream';

/** The wall's page. It shows what its stream brings, unattended for weeks. */
export function WallApp({
  search,
  serverTime,
  build,
  title,
  refusal,
}: {
  /** The wall's query with its question mark, or empty. */
  readonly search: string;
  readonly serverTime: string;
  /** The build of the server that rendered this page. */
  readonly build: string;
  /** The link's title, or null. */
  readonly title: string | null;
  readonly refusal: WallRefusal | null;
}) {
  const [newAlarms] = useState(() => new NewAlarms());
  const screen = useScreen();
  const moment = useWall(search, serverTime, refusal);
  useWallHeadline(moment);
  const { choices, filter, group } = useMemo(() => {
    const parameters = new URLSearchParams(search);
    const parsed = parseWallChoices(parameters);
    return {
      choices: { ...parsed, title: parsed.title ?? title },
      filter: parseWallFilter(parameters),
      group: parseWallGroup(parameters),
    };
  }, [search, title]);

  useEffect(() => {
    const stops = [
      keepAwake(),
      watchPerson(() => newAlarms.acknowledge()),
      reloadOnErrors(),
      forgetCrashesInTime(),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [newAlarms]);

  const frame = moment?.frame ?? null;
  // The end of a maintenance can raise an alarm without a new frame.
  const boardAtMs = moment && frame ? boardMomentMs(frame.planes, moment.nowMs) : 0;
  useEffect(() => {
    if (frame) newAlarms.apply(frame.planes, performance.now(), boardAtMs);
  }, [frame, boardAtMs, newAlarms]);

  const upgraded = moment?.build != null && moment.build !== build;
  useEffect(() => {
    if (upgraded) reloadForUpgrade();
  }, [upgraded]);

  return (
    <WallDisplay
      moment={moment}
      screen={screen}
      choices={choices}
      filter={filter}
      group={group}
      newAlarms={newAlarms.uids(performance.now())}
    />
  );
}

const NO_PLANES: never[] = [];

/** Shows the worst state and its count in the wall's tab, never more than the wall itself shows. */
function useWallHeadline(moment: WallMoment | null): void {
  const planes = moment?.frame?.planes ?? NO_PLANES;
  const isIncident = (moment?.frame?.incidents.length ?? 0) > 0;
  const leftOut = moment?.frame?.outside.byState ?? 0;
  const atMs = boardMomentMs(planes, moment?.nowMs ?? 0);
  const current = useMemo((): DocumentHeadline | null => {
    const headline = headlineOf(
      countAttention(planes.map((plane) => attentionOf(plane, plane.health.state, atMs))),
    );
    if (headline === null) return null;
    // A choice of states hides these problems, so what is left is no good news.
    if (leftOut > 0 && headline.state === 'healthy')
      return { text: `${formatCount(leftOut)} not shown`, iconHref: null };
    return {
      text: isIncident ? `Incident, ${headlineText(headline)}` : headlineText(headline),
      iconHref: faviconHref(headline.state, headline.count),
    };
  }, [planes, isIncident, leftOut, atMs]);
  useDocumentHeadline(moment === null ? null : (headlineWithoutData(moment) ?? current));
}

/** Returns the headline of a wall without current data; null if its data are current. */
function headlineWithoutData({ refusal, age }: WallMoment): DocumentHeadline | null {
  if (refusal !== null) return { text: 'No wall', iconHref: null };
  return age.state === 'blind' ? { text: 'No live data', iconHref: faviconHref('unknown', null) } : null;
}

const TICK_MS = 1000;

/**
 * Follows the wall's own stream, and ticks each second whether anything arrives or not. Null on the server and until
 * the page runs: a page that can't age shows nothing that ages.
 *
 * @param search the wall's query with its question mark, or empty
 */
function useWall(search: string, serverTime: string, refusal: WallRefusal | null): WallMoment | null {
  const [moment, setMoment] = useState<WallMoment | null>(null);
  // From the first render: later renders of the same page know nothing newer than the stream.
  const first = useRef({ serverTime, refusal });
  useEffect(() => {
    const store = new WallStore(monotonicMs, first.current.serverTime, first.current.refusal);
    const show = () => setMoment(store.moment());
    const stream = wallStream(search, {
      onFrame: (event, text) => {
        const isUsable = store.apply(event, text);
        show();
        return isUsable;
      },
      onLost: show,
      onRefused: (reason) => {
        store.refuse(reason);
        show();
      },
      onDelivery: (delivery) => {
        store.setDelivery(delivery);
        show();
      },
    });
    const timer = setInterval(show, TICK_MS);
    show();
    const close = openInPage(stream);
    return () => {
      clearInterval(timer);
      close();
    };
  }, [search]);
  return moment;
}
