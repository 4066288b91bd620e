'use client';

import { type UseQueryResult, useQueries } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { InspectionAnswer, InspectionRequest } from '@/lib/api/certificate-inspection';
import { activeSlots } from '@/lib/plane/credentials/credential-slots';
import type { Draft } from '@/lib/plane/registration/draft';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { inspectionKey, inspectionQuery } from './inspect-certificate';
import { inspectionRequests } from './inspection-requests';

/** Long enough for a paste and the next keystroke, too short to be waited for. */
const DEBOUNCE_MS = 250;

/** What is known of the certificate in a slot. `answer` is always of the material that the slot holds now. */
export type SlotInspection =
  | { readonly state: 'checking' }
  | { readonly state: 'read'; readonly answer: InspectionAnswer; readonly again: () => unknown }
  /** The server could not be asked; that says nothing against the certificate. */
  | { readonly state: 'unreachable'; readonly reason: string; readonly again: () => unknown };

export interface Inspections {
  /** Of the slots that have something to look at; the others are absent. */
  readonly bySlot: Readonly<Record<string, SlotInspection | undefined>>;
  /** Those that have been read, as `checkDraft` takes them. */
  readonly answers: Readonly<Record<string, InspectionAnswer | undefined>>;
}

type Requests = Readonly<Record<string, InspectionRequest>>;

/** A request that stood still for a moment, with its name in the cache. */
interface SettledSlot {
  readonly id: string;
  readonly request: InspectionRequest;
  readonly key: string;
}

/**
 * Has the certificates of a draft looked at while it is being typed: a moment after each change, one request for each
 * slot, and nothing that this browser refuses itself. A change aborts what was on its way.
 */
export function useInspections(kind: InstalledKind | null, draft: Draft | null): Inspections {
  const requests = useMemo(
    () => (kind && draft ? inspectionRequests(activeSlots(kind, draft), draft) : {}),
    [kind, draft],
  );
  const wanted = useSameWhileEqual(requests);
  const settled = useSettled(wanted);
  const combine = useCallback(
    (results: UseQueryResult<InspectionAnswer>[]) => inspectionsOf(wanted, settled, results),
    [wanted, settled],
  );
  return useQueries({
    queries: settled.map(({ request, key }) => inspectionQuery(request, key)),
    combine,
  });
}

function inspectionsOf(
  wanted: Requests,
  settled: readonly SettledSlot[],
  results: readonly UseQueryResult<InspectionAnswer>[],
): Inspections {
  const bySlot: Record<string, SlotInspection> = {};
  const answers: Record<string, InspectionAnswer> = {};
  for (const [id, request] of Object.entries(wanted)) {
    const index = settled.findIndex((slot) => slot.id === id);
    const isCurrent = JSON.stringify(settled[index]?.request) === JSON.stringify(request);
    const result = isCurrent ? results[index] : undefined;
    if (result?.error && !result.isFetching) {
      bySlot[id] = { state: 'unreachable', reason: result.error.message, again: result.refetch };
    } else if (result?.data) {
      bySlot[id] = { state: 'read', answer: result.data, again: result.refetch };
      answers[id] = result.data;
    } else {
      bySlot[id] = { state: 'checking' };
    }
  }
  return { bySlot, answers };
}

/** The value that was there first, as long as what comes is equal: typing in another field puts no request off. */
function useSameWhileEqual(value: Requests): Requests {
  const [kept, setKept] = useState(value);
  if (kept === value || JSON.stringify(kept) === JSON.stringify(value)) return kept;
  setKept(value);
  return value;
}

const NOTHING_YET: readonly SettledSlot[] = [];

function useSettled(wanted: Requests): readonly SettledSlot[] {
  const [settled, setSettled] = useState(NOTHING_YET);
  useEffect(() => {
    let isCurrent = true;
    const settle = async () => {
      const slots = await Promise.all(
        Object.entries(wanted).map(async ([id, request]) => ({
          id,
          request,
          key: await inspectionKey(request),
        })),
      );
      if (isCurrent) setSettled(slots);
    };
    const timer = setTimeout(() => void settle(), DEBOUNCE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [wanted]);
  return settled;
}
