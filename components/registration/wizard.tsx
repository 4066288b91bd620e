'use client';

import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { fieldKey } from '@/components/fields/field-key';
import { useInspections } from '@/components/fields/use-inspections';
import { Announcer } from '@/components/ui/announcer';
import { kindAccessQuery, namespacesQuery } from '@/lib/client/api/options-queries';
import type { ServedKind } from '@/lib/client/api/use-catalog';
import { useKnownPlanes } from '@/lib/client/feed/use-known-planes';
import { focusField } from '@/lib/client/focus-field';
import type { JsonPath } from '@/lib/plane/json/json-path';
import type { Step } from '@/lib/plane/registration/draft';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { draftStore } from './draft-store';
import { errorsOfStep, shownProblemsAt, withServerProblems } from './shown-problems';
import { STEP_HEADING_ID } from './step-frame';
import { useDraftProblems } from './use-draft-problems';
import {
  endDraft,
  useDraftStart,
  useDraftStorage,
  useLeaveWarning,
  useWizardState,
} from './use-draft-session';
import { useRegisterPlace } from './use-register-place';
import { useSiblingStart } from './use-sibling-start';
import { type Asked, WizardContext } from './wizard-context';
import { WIZARD_SCROLLER_ID, WizardLayout } from './wizard-layout';

/** The wizard: one draft, looked at step by step. What is typed lives in the tab's draft store, above all steps. */
export function Wizard({
  kinds,
  user,
  readOnly,
}: {
  readonly kinds: readonly ServedKind[];
  readonly user: string | null;
  readonly readOnly: boolean;
}) {
  const [place, open] = useRegisterPlace();
  const kindOf = useKindOf(kinds);
  const sibling = useSiblingStart(place, open, kindOf);
  const started = useDraftStart(place, open, kindOf);
  const state = useWizardState();
  const kind = (state.draft && kindOf(state.draft.plural)) ?? null;
  const draft = kind ? state.draft : null;
  useDraftStorage(kind);
  useLeaveWarning(kind);

  const access = asked(useQuery(kindAccessQuery()));
  const namespaces = asked(
    useQuery({ ...namespacesQuery(kind?.entry.plural ?? ''), enabled: kind !== null }),
  );
  const inspections = useInspections(kind, draft);
  const planes = useKnownPlanes();
  const namespaceNames = useMemo(
    () => (namespaces.data?.state === 'listed' ? namespaces.data.namespaces.map(({ name }) => name) : null),
    [namespaces.data],
  );
  const ownProblems = useDraftProblems(kind, draft, planes, namespaceNames, inspections);
  const problems = useMemo(
    () => withServerProblems(ownProblems, state.serverProblems),
    [ownProblems, state.serverProblems],
  );

  // Without a draft there is nothing that the other steps could be about.
  const step: Step = draft ? place.step : 'kind';
  useEffect(() => {
    if (draft) draftStore.visit(step);
  }, [draft, step]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever leaves a step has had the chance to fill in what was added.
  useEffect(() => () => draftStore.settleAdded(), [step]);

  const focusAfter = useRef<JsonPath | null>(null);
  const goTo = useCallback(
    (next: Step, path?: JsonPath) => {
      focusAfter.current = path ?? null;
      if (next !== step) open({ step: next });
      else if (path) focusField(fieldKey(path));
    },
    [open, step],
  );
  const lastStep = useRef<Step | null>(null);
  useEffect(() => {
    if (!started) return;
    const isFirst = lastStep.current === null;
    const changed = lastStep.current !== step;
    lastStep.current = step;
    const path = focusAfter.current;
    focusAfter.current = null;
    // The step has just been rendered: now its field is there. A page that was just opened keeps its focus.
    if (isFirst || !changed) return;
    if (path && focusField(fieldKey(path))) return;
    document.getElementById(STEP_HEADING_ID)?.focus();
    document.getElementById(WIZARD_SCROLLER_ID)?.scrollTo(0, 0);
  }, [started, step]);

  const [said, setSaid] = useState('');
  const startOver = useCallback(() => {
    endDraft();
    open({ kind: null, step: 'kind', sibling: null });
    setSaid('The draft was thrown away.');
  }, [open]);

  const wizard = {
    kinds,
    access,
    namespaces,
    namespaceNames,
    planes,
    user,
    readOnly,
    step,
    goTo,
    inspections,
    problems,
    problemsAt: (path: JsonPath) => (kind ? shownProblemsAt(path, problems, state, kind) : []),
    errorsOf: (of: Step) => (kind ? errorsOfStep(of, problems, kind, state) : []),
    startOver,
    ...(kind && draft ? { kind, draft } : {}),
  };
  return (
    <WizardContext value={wizard}>
      <WizardLayout started={started !== null} sibling={sibling} missingKind={started?.missingKind ?? null} />
      <Announcer text={said} />
    </WizardContext>
  );
}

/** Finds a kind that is served and whose fields are known. */
function useKindOf(kinds: readonly ServedKind[]): (plural: string) => InstalledKind | undefined {
  const byPlural = useMemo(
    () =>
      new Map(
        kinds.flatMap(({ entry, schema }): [string, InstalledKind][] =>
          schema ? [[entry.plural, { entry, schema }]] : [],
        ),
      ),
    [kinds],
  );
  return useCallback((plural: string) => byPlural.get(plural), [byPlural]);
}

function asked<T>(query: {
  readonly data: T | undefined;
  readonly error: Error | null;
  readonly failureReason: Error | null;
  readonly refetch: () => unknown;
}): Asked<T> {
  const { data, error, failureReason, refetch } = query;
  return {
    data,
    problem: data === undefined ? ((error ?? failureReason)?.message ?? null) : null,
    again: () => void refetch(),
  };
}
