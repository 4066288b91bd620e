'use client';

import { useCallback, useSyncExternalStore } from 'react';
import type { DerivedHealth } from '@/lib/plane/health/derive-health';
import { DerivedFleet, type FleetRow } from './derived-fleet';
import { getFleetState, serverHeardAtMs, subscribeFleet } from './fleet-feed';
import { isKindHeard } from './source-state';
import { subscribeTick, tickNowMs } from './tick';

/**
 * The page's one derived fleet. It follows the feed while somebody looks, and derives each plane's health on the API
 * server's clock, so that a state also changes when nothing arrives any more.
 */
const derived = new DerivedFleet();
const listeners = new Set<() => void>();
let stop: (() => void) | undefined;
let list: { readonly version: number; readonly rows: readonly FleetRow[] } | null = null;
let beats: readonly FleetRow[] | null = null;
let beatReaders = 0;
let takenOver = false;

function notify(): void {
  if (list?.version !== derived.structureVersion) {
    list = { version: derived.structureVersion, rows: derived.all() };
  }
  for (const listener of listeners) listener();
}

function takeOver(): void {
  const state = getFleetState();
  if (state.epoch === null || state.limits === null) return;
  derived.update(
    {
      planes: state.planes,
      sources: state.sources,
      incidents: state.incidents,
      limits: state.limits,
      serverHeardAtMs: serverHeardAtMs(tickNowMs()),
    },
    takenOver ? state.changedUids : null,
    tickNowMs(),
  );
  takenOver = true;
  notify();
}

function start(): void {
  const stopFeed = subscribeFleet(takeOver);
  const stopTick = subscribeTick(() => {
    // Nothing is known yet, which is not the same as a fleet without planes.
    if (!takenOver) return;
    derived.tick(tickNowMs());
    if (beatReaders > 0) beats = derived.all();
    notify();
  });
  takeOver();
  stop = () => {
    stopFeed();
    stopTick();
    takenOver = false;
  };
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) start();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) stop?.();
  };
}

function subscribeWithBeats(listener: () => void): () => void {
  beatReaders += 1;
  const unsubscribe = subscribe(listener);
  return () => {
    beatReaders -= 1;
    if (beatReaders === 0) beats = null;
    unsubscribe();
  };
}

const none = () => null;

/**
 * Every plane, in no particular order, or null until the feed has told them. The array changes only when a list made
 * of it may look different. Heartbeats alone make no difference, unless `followHeartbeats` asks for them: then the
 * array is renewed each second.
 */
export function useFleetRows(followHeartbeats: boolean): readonly FleetRow[] | null {
  return useSyncExternalStore(
    followHeartbeats ? subscribeWithBeats : subscribe,
    () => (followHeartbeats ? beats : null) ?? list?.rows ?? null,
    none,
  );
}

/** One plane as it is this moment; undefined until the feed has told it, and after it was deleted. */
export function useFleetRow(uid: string): FleetRow | undefined {
  const read = useCallback(() => derived.row(uid), [uid]);
  return useSyncExternalStore(subscribe, read, () => undefined);
}

/** The rows as they are this moment, for an export: those of a list may lack the latest heartbeats. */
export function currentRows(rows: readonly FleetRow[]): FleetRow[] {
  return rows.map((row) => derived.row(row.plane.uid) ?? row);
}

/**
 * The judgement of a plane at this very moment, for sentences with ages in them; null for a plane that the feed does
 * not tell of, now or yet: then the row's own is all there is.
 */
export function judgeNow(row: FleetRow, nowMs: number): DerivedHealth | null {
  return derived.row(row.plane.uid) === undefined ? null : derived.judge(row.plane, nowMs);
}

/**
 * Whether a plane that the page once knew is gone: the feed has told the whole fleet, and the plane is not in it.
 * False while the fleet, or this kind of it, has not been heard.
 */
export function usePlaneGone(uid: string, plural: string): boolean {
  const read = useCallback(() => {
    return list !== null && derived.row(uid) === undefined && isKindHeard(plural, getFleetState());
  }, [uid, plural]);
  return useSyncExternalStore(subscribe, read, () => false);
}
