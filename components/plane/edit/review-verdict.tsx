'use client';

import { CircleAlert, CircleCheck, CircleHelp, LoaderCircle } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { asSentence } from '@/lib/plane/model/text';
import { problemLabel } from '@/lib/plane/registration/problem-label';
import { EditNotice } from './edit-notice';
import type { Review } from './use-review';

const ICON_PX = 15;

/** Says what the API server's dry run, or the save, of an edit has shown. */
export function ReviewVerdict({
  review,
  dirty,
  onAgain,
}: {
  readonly review: Review;
  readonly dirty: boolean;
  readonly onAgain: () => void;
}) {
  const { phase } = review;
  if (!dirty && phase !== 'saving') {
    const title =
      phase === 'failed' && review.wasSave ? 'Your edit was saved after all.' : 'Nothing to save.';
    return (
      <Notice
        tone="neutral"
        icon={<CircleCheck size={ICON_PX} aria-hidden="true" />}
        title={title}
        className="rounded-lg"
      >
        The stored plane matches your edit.
      </Notice>
    );
  }
  if (phase === 'rejected') {
    return (
      <Notice
        tone="error"
        icon={<CircleAlert size={ICON_PX} aria-hidden="true" className="text-disconnected" />}
        title="The change was rejected. Nothing was saved."
        className="rounded-lg"
      >
        {rejectionText(review.problem)}
      </Notice>
    );
  }
  if (phase === 'failed') {
    return (
      <EditNotice
        tone="warning"
        icon={<CircleHelp size={ICON_PX} aria-hidden="true" className="text-unknown" />}
        title={
          review.wasSave
            ? 'Outcome unknown: the change may have been saved.'
            : "The change couldn't be checked."
        }
        actions={
          <Button variant="outline" onClick={onAgain}>
            Check again
          </Button>
        }
      >
        {asSentence(review.reason)} Your edit is kept here.
      </EditNotice>
    );
  }
  if (phase === 'checking') {
    return (
      <Notice
        tone="neutral"
        icon={<LoaderCircle size={ICON_PX} aria-hidden="true" className="animate-spin text-muted" />}
        title="Checking with the API server…"
        className="rounded-lg"
      />
    );
  }
  const { before, after } = review.answer;
  return (
    <Notice
      tone="neutral"
      icon={<CircleCheck size={ICON_PX} aria-hidden="true" className="text-healthy" />}
      title={before === after ? 'Dry run passed: nothing to change.' : 'Dry run passed.'}
      className="rounded-lg"
    >
      Nothing has been written yet.
    </Notice>
  );
}

function rejectionText({
  detail,
  title,
  errors = [],
}: Extract<Review, { phase: 'rejected' }>['problem']): string {
  if (errors.length === 0) return asSentence(detail ?? title);
  return errors.map(({ path, message }) => `${problemLabel(path)}: ${asSentence(message)}`).join(' ');
}
