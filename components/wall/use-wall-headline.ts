'use client';

import { useMemo } from 'react';
import { faviconHref } from '@/lib/client/headline/favicon';
import { type DocumentHeadline, useDocumentHeadline } from '@/lib/client/headline/document-headline';
import { headlineOf, headlineText } from '@/lib/plane/fleet/headline';
import { attentionOf, countAttention } from '@/lib/plane/health/attention';
import { boardMomentMs } from '@/lib/plane/wall/board';
import type { WallMoment } from './use-wall';

const NO_PLANES: never[] = [];

/** Has the wall's tab say the worst state and its count; never more than the wall itself can see. */
export function useWallHeadline(moment: WallMoment | null): void {
  const planes = moment?.frame?.planes ?? NO_PLANES;
  const incident = (moment?.frame?.incidents.length ?? 0) > 0;
  const atMs = boardMomentMs(planes, moment?.nowMs ?? 0);
  const seen = useMemo(() => {
    const headline = headlineOf(
      countAttention(planes.map((plane) => attentionOf(plane, plane.health.state, atMs))),
    );
    return (
      headline && seenHeadline(headlineText(headline), incident, faviconHref(headline.state, headline.count))
    );
  }, [planes, incident, atMs]);
  useDocumentHeadline(moment === null ? null : (blindHeadline(moment) ?? seen));
}

function seenHeadline(words: string, incident: boolean, iconHref: string): DocumentHeadline {
  return { words: incident ? `Incident, ${words}` : words, iconHref };
}

/** What a wall that does not see anything says; null: it sees. */
function blindHeadline({ refusal, age }: WallMoment): DocumentHeadline | null {
  if (refusal !== null) return { words: 'No wall', iconHref: null };
  return age.state === 'blind' ? { words: 'Blind', iconHref: faviconHref('unknown', null) } : null;
}
