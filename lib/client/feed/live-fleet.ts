'use client';

import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { awaitsFirstList, isKindListed } from '@/lib/plane/fleet/source-state';
import type { DerivedHealth } from '@/lib/plane/health/derive-health';
import type { Plane } from '@/lib/plane/model/plane';
import type { KnownPlane } from '@/lib/plane/registration/known-planes';
import { DerivedFleet, type FleetRow } from './derived-fleet';
import { getFleetState, serverContactAtMs, subscribeFleet } from './fleet-feed';
import { useFleetMeta } from './fleet-meta';
import { followClock, subscribeTick, tickNowMs } from './tick';

/**
 * The page's one derived fleet. It follows the feed while it has subscribers, and derives each plane's health on the
 * API server's clock, so a state also changes when nothing arrives any more.
 */
const derived = new DerivedFleet();
const listeners = new Set<() => void>();
let stop: (() => void) | undefined;
let list: { readonly version: number; readonly rows: readonly FleetRow[] } | null = null;
/** The rows with the latest heartbeats, renewed each second while they have subscribers. */
let heartbeatRows: readonly FleetRow[] | null = null;
let heartbeatReaders = 0;
let hasSnapshot = false;

function notify(): void {
  if (list?.version !== derived.structureVersion) {
    list = { version: derived.structureVersion, rows: derived.all() };
  }
  for (const listener of listeners) listener();
}

function applyFeedState(): void {
  const state = getFleetState();
  if (state.epoch === null || state.limits === null) return;
  followClock();
  derived.update(
    {
      planes: state.planes,
      sources: state.sources,
      controller: state.controlPlane.controller,
      limits: state.limits,
      serverContactAtMs: serverContactAtMs(tickNowMs()),
    },
    hasSnapshot ? state.changedUids : null,
    tickNowMs(),
  );
  hasSnapshot = true;
  notify();
}

function start(): void {
  const stopFeed = subscribeFleet(applyFeedState);
  const stopTick = subscribeTick(() => {
    // Nothing is known yet, which isn't the same as a fleet without planes.
    if (!hasSnapshot) return;
    derived.tick(tickNowMs());
    if (heartbeatReaders > 0) heartbeatRows = derived.all();
    notify();
  });
  applyFeedState();
  stop = () => {
    stopFeed();
    stopTick();
    hasSnapshot = false;
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

function subscribeWithHeartbeats(listener: () => void): () => void {
  heartbeatReaders += 1;
  const unsubscribe = subscribe(listener);
  return () => {
    heartbeatReaders -= 1;
    if (heartbeatReaders === 0) heartbeatRows = null;
    unsubscribe();
  };
}

const none = () => null;

/**
 * Returns every plane, in no particular order; null until the first snapshot. The array changes only when a list of
 * its rows may look different. A heartbeat alone doesn't change it, unless `followHeartbeats` is set: then it's
 * renewed each second.
 */
export function useFleetRows(followHeartbeats: boolean): readonly FleetRow[] | null {
  return useSyncExternalStore(
    followHeartbeats ? subscribeWithHeartbeats : subscribe,
    () => (followHeartbeats ? heartbeatRows : null) ?? list?.rows ?? null,
    none,
  );
}

/** Returns a plane's current row; undefined until the first snapshot, and after the plane was deleted. */
export function useFleetRow(uid: string): FleetRow | undefined {
  const read = useCallback(() => derived.row(uid), [uid]);
  return useSyncExternalStore(subscribe, read, () => undefined);
}

/** Returns the current state of rows, for an export: those of a list may lack the latest heartbeats. */
export function currentRows(rows: readonly FleetRow[]): FleetRow[] {
  return rows.map((row) => derived.row(row.plane.uid) ?? row);
}

/** Returns a plane's health at this moment, for sentences with ages; null if the feed doesn't have the plane. */
export function judgeNow(row: FleetRow, nowMs: number): DerivedHealth | null {
  return derived.row(row.plane.uid) === undefined ? null : derived.judge(row.plane, nowMs);
}

/**
 * Whether a plane that the page once knew no longer exists: the feed has listed its kind, and the plane isn't among its
 * planes. False while the kind isn't listed.
 */
export function usePlaneGone({
  uid,
  plural,
  namespace,
}: Pick<Plane, 'uid' | 'plural' | 'namespace'>): boolean {
  const read = useCallback(() => {
    const isListed = () => isKindListed({ plural, namespace }, getFleetState());
    return list !== null && derived.row(uid) === undefined && isListed();
  }, [uid, plural, namespace]);
  return useSyncExternalStore(subscribe, read, () => false);
}

/** Returns whether only a part of the planes can be seen, so some may exist that this page doesn't know. */
export function useHasHiddenPlanes(): boolean {
  return useFleetMeta().sources.some(({ state, partial }) => partial || state === 'forbidden');
}

/**
 * Returns all planes that can be seen; null until every kind that may be listed has been, because until then a missing
 * plane or a free name can't be proven.
 */
export function useKnownPlanes(): readonly KnownPlane[] | null {
  const rows = useFleetRows(false);
  const { sources } = useFleetMeta();
  // Before any kind is known, every one of none is listed.
  const complete = sources.length > 0 && !sources.some(awaitsFirstList);
  return useMemo(() => {
    if (!rows || !complete) return null;
    return rows.map(({ plane }) => plane);
  }, [rows, complete]);
}
