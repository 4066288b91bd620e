'use client';

import { CircleAlert, CircleCheck, CircleHelp, LoaderCircle, TriangleAlert } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import type { PlaneEditAnswer } from '@/lib/api/edit';
import type { Plane } from '@/lib/plane/model/plane';
import { asSentence } from '@/lib/plane/model/text';
import type { DraftProblem } from '@/lib/plane/registration/draft';
import { problemLabel } from '@/lib/plane/registration/problem-label';
import type { ManagingTool } from '@/lib/plane/related/related-resources';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { DifferenceView } from './difference-view';
import { type EditSession, isDirty } from './edit-session';
import { ManagedChange } from './managed-change';
import { changesOf, type Review, useReview } from './use-review';

const ICON_PX = 15;

/** Shows what saving an edit would change, from a dry run. Saves only what it shows. */
export function EditReview({
  plane,
  kind,
  session,
  managedBy: knownTool,
  errors,
  onBack,
  onSaved,
}: {
  readonly plane: Plane;
  readonly kind: InstalledKind;
  readonly session: EditSession;
  readonly managedBy: ManagingTool | null;
  readonly errors: readonly DraftProblem[];
  readonly onBack: () => void;
  readonly onSaved: (answer: PlaneEditAnswer) => void;
}) {
  const { review, checkAgain, save } = useReview(plane.uid, plane, session, onSaved);
  const [accepted, setAccepted] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const answer = 'answer' in review ? review.answer : null;
  const reportedTool = review.phase === 'rejected' ? review.problem.managedBy : undefined;
  const tool = knownTool ?? reportedTool ?? null;
  const isRefused = review.phase === 'rejected' && review.problem.code === 'managed-elsewhere';
  const isManaged = tool !== null || isRefused;
  const changes = answer !== null && answer.before !== answer.after;
  const canSave =
    (review.phase === 'checked' || isRefused) && changes && errors.length === 0 && (!isManaged || accepted);
  return (
    <div className="grid min-w-0 gap-4">
      <h2 ref={heading} tabIndex={-1} className="font-semibold text-base focus-visible:outline-none">
        Review changes
      </h2>
      <div role="status">
        <Verdict review={review} dirty={isDirty(session)} onAgain={checkAgain} />
      </div>
      {errors.map(({ path, message }) => (
        <p key={`${path.join('.')} ${message}`} className="text-disconnected">
          {problemLabel(path)}: {message}
        </p>
      ))}
      {answer?.warnings.map((warning) => (
        <Notice
          key={warning}
          tone="warning"
          icon={<TriangleAlert size={ICON_PX} aria-hidden="true" className="text-degraded" />}
          title={asSentence(warning)}
          className="rounded-lg"
        />
      ))}
      {isManaged && isDirty(session) ? (
        <ManagedChange
          plane={plane}
          kind={kind.entry.kind}
          changes={changesOf(session)}
          tool={tool}
          accepted={accepted}
          onAccept={setAccepted}
        />
      ) : null}
      {answer ? (
        <Card title="Changes to save" flush>
          <DifferenceView before={answer.before} after={answer.after} label="Changed lines" />
        </Card>
      ) : null}
      <div className="flex flex-wrap justify-end gap-2">
        <Button variant="outline" onClick={onBack}>
          Back to editing
        </Button>
        <Button
          variant="primary"
          disabled={!canSave}
          onClick={() => answer && save(answer, isManaged && accepted)}
        >
          {review.phase === 'saving' ? 'Saving…' : isManaged ? 'Save anyway' : 'Save'}
        </Button>
      </div>
    </div>
  );
}

function Verdict({
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
      <div className="flex flex-wrap items-center gap-2">
        <Notice
          tone="warning"
          icon={<CircleHelp size={ICON_PX} aria-hidden="true" className="text-unknown" />}
          title={
            review.wasSave
              ? 'Outcome unknown: the change may have been saved.'
              : "The change couldn't be checked."
          }
          className="min-w-0 flex-1 rounded-lg"
        >
          {asSentence(review.reason)} Your edit is kept here.
        </Notice>
        <Button variant="outline" onClick={onAgain}>
          Check again
        </Button>
      </div>
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
