'use client';

import { clsx } from 'clsx';
import { type RefCallback, useCallback, useMemo, useState } from 'react';
import { Card } from '@/components/ui/card';
import { Select } from '@/components/ui/controls';
import { IconLine } from '@/components/ui/notice';
import { WallDisplay } from '@/components/wall/wall-display';
import type { WallMoment } from '@/components/wall/wall-store';
import { noPlanesReason, noPlanesSentence } from '@/lib/plane/fleet/source-state';
import { formatAge } from '@/lib/plane/time/age';
import { boardMomentMs, boardOf } from '@/lib/plane/wall/board';
import type { Screen } from '@/lib/plane/wall/letter-sizes';
import { boardSummary } from '@/lib/plane/wall/statement';
import type { WallAddress } from '@/lib/plane/wall/wall-address';
import { outsideText } from '@/lib/plane/wall/wall-scope';
import { useWallPreview, type WallPreview } from './use-wall-preview';
import { isPreviewScreen, PREVIEW_SCREENS, type PreviewScreen, previewScale } from './wall-setup';

/** Limits the picture's height, so the text below it stays visible. */
const MAX_HEIGHT_PX = 460;

/** A preview of the wall as it would look now on a chosen screen. */
export function PreviewCard({
  address,
  screen,
  onScreen,
}: {
  readonly address: WallAddress;
  readonly screen: PreviewScreen;
  readonly onScreen: (screen: PreviewScreen) => void;
}) {
  const [box, widthPx] = useBoxWidth();
  const preview = useWallPreview(address);
  const { moment, isCurrent } = preview;
  const size = PREVIEW_SCREENS[screen];
  const scale = widthPx === null ? null : previewScale(size, { width: widthPx, height: MAX_HEIGHT_PX });
  const summary = useBoardSummary(moment);
  const text = previewText(preview, summary);
  return (
    <Card title="Preview">
      <div ref={box} className={clsx('flex justify-center', !isCurrent && moment !== null && 'opacity-45')}>
        {moment === null || scale === null ? (
          <div className="shimmer aspect-video w-full rounded-md bg-neutral-soft" />
        ) : (
          <ScaledWall
            moment={moment}
            address={address}
            screen={size}
            scale={scale}
            label={`Wall preview. ${text}`}
          />
        )}
      </div>
      <div className="mt-3 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <p className="tabular min-w-0 flex-1 basis-64 text-pretty py-2 text-muted" data-preview-words="">
          {text}
        </p>
        <Select
          aria-label="Preview screen"
          className="w-60"
          value={screen}
          onChange={(event) => {
            if (isPreviewScreen(event.target.value)) onScreen(event.target.value);
          }}
        >
          {Object.entries(PREVIEW_SCREENS).map(([name, { label }]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </Select>
      </div>
      <div role="status">
        {preview.problem === null ? null : (
          <IconLine tone="warning">
            Couldn't load the preview. Retrying automatically. {preview.problem}
          </IconLine>
        )}
      </div>
    </Card>
  );
}

/**
 * Summarises the last frame in a sentence; null if none has come. Time alone changes it only when a maintenance ends.
 */
function useBoardSummary(moment: WallMoment | null): string | null {
  const frame = moment?.frame ?? null;
  const boardAtMs = moment && frame ? boardMomentMs(frame.planes, moment.nowMs) : 0;
  return useMemo(() => {
    if (frame === null) return null;
    const outside = outsideText(frame.outside);
    const board = boardOf(frame.planes, frame.incidents, boardAtMs);
    const reason = noPlanesReason(frame.apiServer, frame.sources);
    const summary = boardSummary(board, reason === 'none' ? null : noPlanesSentence(reason));
    return outside === null ? summary : `${summary} ${outside}.`;
  }, [frame, boardAtMs]);
}

/** Describes the picture and how old it is. */
function previewText({ moment, isCurrent }: WallPreview, summary: string | null): string {
  if (moment === null || (!isCurrent && moment.age.state === 'live')) return 'Loading preview…';
  const { age } = moment;
  if (summary === null || !isCurrent) return 'No preview yet.';
  const before = age.state === 'live' ? '' : `Last updated ${formatAge(age.ageMs)} ago. `;
  return `${before}${summary}`;
}

/**
 * A scaled-down wall, laid out in its screen's own pixels, so it's exactly the same. It's a picture: nothing in it is
 * focusable, and screen readers get its label instead.
 */
function ScaledWall({
  moment,
  address: { choices, filter, group },
  screen,
  scale,
  label,
}: {
  readonly moment: WallMoment;
  readonly address: WallAddress;
  readonly screen: Screen;
  readonly scale: number;
  /** Describes the picture for people who can't see it. */
  readonly label: string;
}) {
  return (
    <div
      role="img"
      aria-label={label}
      className="relative overflow-hidden rounded-md outline outline-line"
      style={{ width: screen.width * scale, height: screen.height * scale }}
    >
      <div
        inert
        aria-hidden="true"
        className="absolute top-0 left-0 origin-top-left"
        style={{ width: screen.width, height: screen.height, transform: `scale(${scale})` }}
      >
        <WallDisplay moment={moment} screen={screen} choices={choices} filter={filter} group={group} />
      </div>
    </div>
  );
}

/** Tracks an element's width in CSS pixels; null until it's measured. */
function useBoxWidth(): readonly [RefCallback<HTMLElement>, number | null] {
  const [width, setWidth] = useState<number | null>(null);
  const measure = useCallback((element: HTMLElement | null) => {
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.floor(entry.contentRect.width));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [measure, width];
}
