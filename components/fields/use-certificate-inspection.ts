'use client';

import { replaceEqualDeep, type UseQueryResult, useQueries } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { InspectionAnswer, InspectionRequest } from '@/lib/api/credentials';
import { activeSlots } from '@/lib/plane/credentials/credential-slots';
import type { Draft } from '@/lib/plane/registration/draft';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { inspectionKey, inspectionQuery, inspectionRequests } from './certificate-inspection';

/** Long enough for a paste and the next keystroke, too short to notice. */
const DEBOUNCE_MS = 250;

/** The state of a certificate's inspection. `answer` always refers to the latest material. */
export type CertificateInspection =
  | { readonly state: 'checking' }
  | { readonly state: 'read'; readonly answer: InspectionAnswer; readonly refetch: () => unknown }
  /** The server couldn't be reached, which says nothing about the certificate. */
  | { readonly state: 'unreachable'; readonly reason: string; readonly refetch: () => unknown };

export interface DraftInspections {
  /** By slot id, for slots that hold a certificate. */
  readonly bySlot: Readonly<Record<string, CertificateInspection | undefined>>;
  /** The answers received so far, as `checkDraft` takes them. */
  readonly answers: Readonly<Record<string, InspectionAnswer | undefined>>;
}

/** Inspects the certificates of a draft while you type, except material that this browser rejects itself. */
export function useDraftInspections(kind: InstalledKind | null, draft: Draft | null): DraftInspections {
  const requests = useMemo(
    () => (kind && draft ? inspectionRequests(activeSlots(kind, draft), draft) : {}),
    [kind, draft],
  );
  return useInspections(requests);
}

/** Inspects one certificate; undefined without a request. */
export function useCertificateInspection(
  request: InspectionRequest | null,
): CertificateInspection | undefined {
  return useInspections(request === null ? NO_REQUESTS : { certificate: request }).bySlot.certificate;
}

type Requests = Readonly<Record<string, InspectionRequest>>;
const NO_REQUESTS: Requests = {};

/** Sends one request per slot a moment after each change. A change aborts the request in progress. */
function useInspections(requests: Requests): DraftInspections {
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
  settled: readonly SettledRequest[],
  results: readonly UseQueryResult<InspectionAnswer>[],
): DraftInspections {
  const bySlot: Record<string, CertificateInspection> = {};
  const answers: Record<string, InspectionAnswer> = {};
  for (const [id, request] of Object.entries(wanted)) {
    const index = settled.findIndex((slot) => slot.id === id);
    const result = settled[index]?.request === request ? results[index] : undefined;
    if (result?.error && !result.isFetching) {
      bySlot[id] = { state: 'unreachable', reason: result.error.message, refetch: result.refetch };
    } else if (result?.data) {
      bySlot[id] = { state: 'read', answer: result.data, refetch: result.refetch };
      answers[id] = result.data;
    } else {
      bySlot[id] = { state: 'checking' };
    }
  }
  return { bySlot, answers };
}

/** Keeps equal requests the same objects, so that typing in another field doesn't delay them. */
function useSameWhileEqual(requests: Requests): Requests {
  const [last, setLast] = useState(requests);
  const same = replaceEqualDeep(last, requests);
  if (same !== last) setLast(same);
  return same;
}

/** A request that hasn't changed for a moment, with its cache key. */
interface SettledRequest {
  readonly id: string;
  readonly request: InspectionRequest;
  readonly key: string;
}

const NONE_YET: readonly SettledRequest[] = [];

function useSettled(wanted: Requests): readonly SettledRequest[] {
  const [settled, setSettled] = useState(NONE_YET);
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
