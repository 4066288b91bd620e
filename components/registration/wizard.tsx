'use client';

import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useDraftInspections } from '@/components/fields/use-certificate-inspection';
import { STEP_HEADING_ID } from '@/components/registration/steps/step-frame';
import { focusField } from '@/components/ui/focus-field';
import { Announcer } from '@/components/ui/notice';
import { kindAccessQuery, namespacesQuery } from '@/lib/client/api/queries';
import { useKnownPlanes } from '@/lib/client/feed/live-fleet';
import { type JsonPath, pathKey } from '@/lib/plane/json/json-path';
import type { Step } from '@/lib/plane/registration/register-url';
import type { InstalledKind, ServedKind } from '@/lib/plane/schema/installed-kind';
import { endDraft, useDraftStorage, useLeaveWarning, useOthersStorage } from './draft-storage';
import { draftStore, useWizardState } from './draft-store';
import { useDraftProblems } from './use-draft-problems';
import { useDraftStart, useRegisterPlace, useSiblingStart } from './use-draft-start';
import { queryState, WizardContext } from './wizard-context';
import { WIZARD_SCROLLER_ID, WizardLayout } from './wizard-layout';

/** The wizard: one draft, step by step. The draft is in the tab's draft store, above all steps. */
export function Wizard({
  kinds,
  schemaProblem,
  user,
  readOnly,
}: {
  readonly kinds: readonly ServedKind[];
  /** Why the schemas can't be read; undefined: they can. */
  readonly schemaProblem: string | undefined;
  readonly user: string | null;
  readonly readOnly: boolean;
}) {
  const [place, open] = useRegisterPlace();
  const findKind = useFindKind(kinds);
  const sibling = useSiblingStart(place, open, findKind);
  const started = useDraftStart(place, open, findKind);
  const state = useWizardState();
  const kind = (state.draft && findKind(state.draft.plural)) ?? null;
  const draft = kind ? state.draft : null;
  useDraftStorage(kind);
  useOthersStorage(started !== null, findKind);
  useLeaveWarning(kind);

  const access = queryState(useQuery(kindAccessQuery()));
  const namespaces = queryState(
    useQuery({ ...namespacesQuery(kind?.entry.plural ?? ''), enabled: kind !== null }),
  );
  const inspections = useDraftInspections(kind, draft);
  const planes = useKnownPlanes();
  const namespaceNames = useMemo(
    () => (namespaces.data?.state === 'listed' ? namespaces.data.namespaces.map(({ name }) => name) : null),
    [namespaces.data],
  );
  const { problems, problemsAt, errorsOf } = useDraftProblems(
    kind,
    draft,
    planes,
    namespaceNames,
    inspections,
  );

  // Without a draft, the other steps have nothing to show.
  const step: Step = draft ? place.step : 'kind';
  useEffect(() => {
    if (draft) draftStore.visit(step);
  }, [draft, step]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: added parts count as untouched until you leave the step.
  useEffect(() => () => draftStore.clearAdded(), [step]);

  const focusAfter = useRef<JsonPath | null>(null);
  const goTo = useCallback(
    (next: Step, path?: JsonPath) => {
      focusAfter.current = path ?? null;
      if (next !== step) open({ step: next });
      else if (path) focusField(pathKey(path));
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
    // The step is rendered now, so its field exists. A page that was just opened keeps its focus.
    if (isFirst || !changed) return;
    if (path && focusField(pathKey(path))) return;
    document.getElementById(STEP_HEADING_ID)?.focus();
    document.getElementById(WIZARD_SCROLLER_ID)?.scrollTo(0, 0);
  }, [started, step]);

  const [announced, setAnnounced] = useState('');
  const startOver = useCallback(() => {
    endDraft();
    open({ kind: null, step: 'kind', sibling: null });
    setAnnounced('Draft discarded.');
  }, [open]);

  const wizard = {
    kinds,
    schemaProblem,
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
    problemsAt,
    errorsOf,
    startOver,
    ...(kind && draft ? { kind, draft } : {}),
  };
  return (
    <WizardContext value={wizard}>
      <WizardLayout started={started !== null} sibling={sibling} missingKind={started?.missingKind ?? null} />
      <Announcer text={announced} />
    </WizardContext>
  );
}

/** Returns a lookup for installed kinds whose fields are known. */
function useFindKind(kinds: readonly ServedKind[]): (plural: string) => InstalledKind | undefined {
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
