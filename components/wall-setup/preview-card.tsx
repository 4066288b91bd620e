'use client';

import { clsx } from 'clsx';
import { useMemo } from 'react';
import { Card } from '@/components/ui/card';
import { Select } from '@/components/ui/controls';
import { IconLine } from '@/components/ui/notice';
import { formatAge } from '@/lib/plane/time/age';
import { boardMomentMs } from '@/lib/plane/wall/board';
import type { WallAddress } from '@/lib/plane/wall/wall-address';
import { previewCaption } from './preview-caption';
import { isPreviewScreen, PREVIEW_SCREENS, type PreviewScreen, previewScale } from './preview-screens';
import { ScaledWall } from './scaled-wall';
import { useBoxWidth } from './use-box-width';
import { useWallPreview, type WallPreview, type WallPreviewMoment } from './use-wall-preview';

/** The picture is never higher than this, so that what belongs to it stays in sight. */
const MAX_HEIGHT_PX = 460;

/** What the wall would show at this moment, on a screen of one's choice. */
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
  const counted = useCountedWords(moment);
  const words = pictureWords(preview, counted);
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
            label={`Preview of the wall. ${words}`}
          />
        )}
      </div>
      <div className="mt-3 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <p className="tabular min-w-0 flex-1 basis-64 text-pretty py-2 text-muted" data-preview-words="">
          {words}
        </p>
        <Select
          aria-label="Screen of the preview"
          className="w-60"
          value={screen}
          onChange={(event) => {
            if (isPreviewScreen(event.target.value)) onScreen(event.target.value);
          }}
        >
          {Object.entries(PREVIEW_SCREENS).map(([name, { words: option }]) => (
            <option key={name} value={name}>
              {option}
            </option>
          ))}
        </Select>
      </div>
      <div role="status">
        {preview.problem === null ? null : (
          <IconLine tone="warning">
            What the wall shows could not be read; this page keeps asking. {preview.problem}
          </IconLine>
        )}
      </div>
    </Card>
  );
}

/** What was told last, in words; null: nothing was. Time alone changes that only when a maintenance ends. */
function useCountedWords(moment: WallPreviewMoment | null): string | null {
  const frame = moment?.frame ?? null;
  const boardAtMs = moment && frame ? boardMomentMs(frame.planes, moment.nowMs) : 0;
  return useMemo(() => frame && previewCaption(frame, boardAtMs), [frame, boardAtMs]);
}

/** What the picture shows and how old that is. */
function pictureWords({ moment, isCurrent }: WallPreview, counted: string | null): string {
  if (moment === null || (!isCurrent && moment.age.state === 'live')) return 'Reading what this wall shows …';
  const { age } = moment;
  if (counted === null || !isCurrent) return 'Nothing was read yet.';
  const before = age.state === 'live' ? '' : `As it was ${formatAge(age.ageMs)} ago. `;
  return `${before}${counted}`;
}
