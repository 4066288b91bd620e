'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { InspectionRequest } from '@/lib/api/certificate-inspection';
import { inspectionKey, inspectionQuery } from './inspect-certificate';
import type { SlotInspection } from './use-inspections';

/** Long enough for a paste and the next keystroke, too short to be waited for. */
const DEBOUNCE_MS = 250;
const NOTHING: InspectionRequest = { purpose: 'agent-ca', certificate: { text: '' } };

/** What a certificate turns out to be, asked a moment after it was changed; undefined: there is nothing to look at. */
export function useInspection(request: InspectionRequest | null): SlotInspection | undefined {
  const text = request === null ? null : JSON.stringify(request);
  const [settled, setSettled] = useState<{ readonly text: string; readonly key: string } | null>(null);
  useEffect(() => {
    if (text === null) return;
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const key = await inspectionKey(JSON.parse(text) as InspectionRequest);
      if (isCurrent) setSettled({ text, key });
    }, DEBOUNCE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [text]);
  const isSettled = text !== null && settled?.text === text;
  const { data, error, isFetching, refetch } = useQuery({
    ...inspectionQuery(request ?? NOTHING, settled?.key ?? ''),
    enabled: isSettled,
  });
  if (text === null) return undefined;
  if (!isSettled) return { state: 'checking' };
  if (error && !isFetching) return { state: 'unreachable', reason: error.message, again: refetch };
  return data ? { state: 'read', answer: data, again: refetch } : { state: 'checking' };
}
