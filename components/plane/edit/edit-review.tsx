'use client';

import { TriangleAlert } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import type { PlaneEditAnswer } from '@/lib/api/edit';
import { needsConfirmation } from '@/lib/plane/consequences/consequence';
import { ADMISSION_HINT, notStoredText } from '@/lib/plane/history/not-stored-text';
import type { Plane } from '@/lib/plane/model/plane';
import { asSentence } from '@/lib/plane/model/text';
import type { DraftProblem } from '@/lib/plane/registration/draft';
import { problemLabel } from '@/lib/plane/registration/problem-label';
import type { ManagingTool } from '@/lib/plane/related/related-resources';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { DifferenceView } from './difference-view';
import { EditEffects, furtherWarnings } from './edit-effects';
import { type EditSession, isDirty } from './edit-session';
import { ManagedChange } from './managed-change';
import { ReviewVerdict } from './review-verdict';
import { changesOf, useReview } from './use-review';

const ICON_PX = 15;

/** Shows what saving an edit would change, from a dry run. Saves only what it shows. */
export function EditReview({
  plane,
  connectedAgents,
  kind,
  session,
  managedBy: knownTool,
  errors,
  onBack,
  onSaved,
}: {
  readonly plane: Plane;
  /** How many agents are known to be connected; null: not known. */
  readonly connectedAgents: number | null;
  readonly kind: InstalledKind;
  readonly session: EditSession;
  readonly managedBy: ManagingTool | null;
  readonly errors: readonly DraftProblem[];
  readonly onBack: () => void;
  readonly onSaved: (answer: PlaneEditAnswer) => void;
}) {
  const { review, checkAgain, save } = useReview(plane, connectedAgents, session, onSaved);
  const [accepted, setAccepted] = useState(false);
  const [confirmedEffects, setConfirmedEffects] = useState<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const answer = 'answer' in review ? review.answer : null;
  const reportedTool = review.phase === 'rejected' ? review.problem.managedBy : undefined;
  const tool = knownTool ?? reportedTool ?? null;
  const isRefused = review.phase === 'rejected' && review.problem.code === 'managed-elsewhere';
  const isManaged = tool !== null || isRefused;
  const changes = answer !== null && answer.before !== answer.after;
  const consequences = answer?.consequences ?? [];
  const isDangerous = needsConfirmation(consequences);
  // A confirmation applies only to the effects that were shown when it was given.
  const effects = JSON.stringify(consequences);
  const isConfirmed = !isDangerous || confirmedEffects === effects;
  const warnings = furtherWarnings(answer?.warnings ?? [], consequences);
  const canSave =
    (review.phase === 'checked' || isRefused) &&
    changes &&
    errors.length === 0 &&
    (!isManaged || accepted) &&
    isConfirmed;
  return (
    <div className="grid min-w-0 gap-4">
      <h2 ref={heading} tabIndex={-1} className="font-semibold text-base focus-visible:outline-none">
        Review changes
      </h2>
      <div role="status">
        <ReviewVerdict review={review} dirty={isDirty(session)} onAgain={checkAgain} />
      </div>
      {errors.map(({ path, message }) => (
        <p key={`${path.join('.')} ${message}`} className="text-disconnected">
          {problemLabel(path)}: {message}
        </p>
      ))}
      {warnings.map((warning) => (
        <Notice
          key={warning}
          tone="warning"
          icon={<TriangleAlert size={ICON_PX} aria-hidden="true" className="text-degraded" />}
          title={asSentence(warning)}
          className="rounded-lg"
        />
      ))}
      {answer && answer.notStored.length > 0 ? (
        <Notice
          tone="warning"
          icon={<TriangleAlert size={ICON_PX} aria-hidden="true" className="text-degraded" />}
          title={notStoredText(answer.notStored, { isDryRun: true })}
          className="rounded-lg"
        >
          {ADMISSION_HINT}
        </Notice>
      ) : null}
      <EditEffects
        consequences={consequences}
        namespace={plane.namespace}
        isConfirmed={isConfirmed}
        onConfirm={(confirmed) => setConfirmedEffects(confirmed ? effects : null)}
      />
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
          {review.phase === 'saving' ? 'Saving…' : isManaged || isDangerous ? 'Save anyway' : 'Save'}
        </Button>
      </div>
    </div>
  );
}
