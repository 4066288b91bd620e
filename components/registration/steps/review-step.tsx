'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { useWizardState } from '@/components/registration/draft-store';
import { CheckCard } from '@/components/registration/review/check-card';
import { FailureCard } from '@/components/registration/review/failure-card';
import { GitPanel } from '@/components/registration/review/git-panel';
import { RegisteredCard } from '@/components/registration/review/registered-card';
import { ReviewSummary } from '@/components/registration/review/review-summary';
import { useDryRun, useRegistration } from '@/components/registration/review/use-registration';
import { useDraftedWizard } from '@/components/registration/wizard-context';
import type { RegistrationAnswer } from '@/lib/api/registration';
import { NO_PARAMETERS, setupPath } from '@/lib/plane/agent-setup/setup-link';
import { planeIDOf } from '@/lib/plane/registration/known-planes';
import { StepFrame } from './step-frame';

/**
 * The review of the draft, the dry run, and the two ways to finish: registering the plane or downloading its
 * manifests.
 */
export function ReviewStep() {
  const { kind, draft, problems, readOnly, inspections } = useDraftedWizard();
  const { serverProblems } = useWizardState();
  const router = useRouter();
  const isChecking = Object.values(inspections.bySlot).some((item) => item?.state === 'checking');
  const ownErrors = useMemo(
    () => problems.filter((problem) => problem.severity === 'error' && !serverProblems.includes(problem)),
    [problems, serverProblems],
  );
  const onRegistered = useCallback(
    (answer: RegistrationAnswer) => {
      if (isAsRequested(answer)) router.push(setupHref(answer, planeIDOf(draft, kind)) as '/register');
    },
    [router, draft, kind],
  );
  const { status, error, answer, register } = useRegistration(draft, kind, onRegistered);
  const isIdle = status === 'idle' || status === 'error';
  const { dryRun, rerun } = useDryRun(
    draft,
    kind,
    ownErrors.length === 0 && !isChecking && !readOnly && isIdle,
  );
  return (
    <StepFrame
      last={readOnly ? null : { label: LABELS[status], busy: !isIdle, errors: ownErrors, run: register }}
    >
      {answer !== null && !isAsRequested(answer) ? (
        <RegisteredCard answer={answer} setupHref={setupHref(answer, planeIDOf(draft, kind))} />
      ) : (
        <CheckCard dryRun={dryRun} ownErrors={ownErrors} onRerun={rerun} />
      )}
      {error === null ? null : <FailureCard error={error} />}
      <ReviewSummary />
      <GitPanel isComplete={ownErrors.length === 0} />
    </StepFrame>
  );
}

function isAsRequested({ objects }: RegistrationAnswer): boolean {
  return objects.every(({ notStored }) => notStored.length === 0);
}

/** @param planeID the requested one; admission may have changed it */
function setupHref({ plane, objects }: RegistrationAnswer, planeID: string | null): `/${string}` {
  const { plural, namespace, name } = plane;
  const isChanged = objects.some(({ notStored }) => notStored.some(([top]) => top === 'spec'));
  return setupPath({ plural, namespace, name }, { ...NO_PARAMETERS, planeID: isChanged ? null : planeID });
}

const LABELS = {
  idle: 'Register',
  pending: 'Registering…',
  success: 'Registered',
  error: 'Register again',
} as const;
