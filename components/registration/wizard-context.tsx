'use client';

import { createContext, useContext } from 'react';
import type { DraftInspections } from '@/components/fields/use-certificate-inspection';
import type { RegistrationKinds, RegistrationNamespaces } from '@/lib/api/registration';
import { queryProblem } from '@/lib/client/api/query-client';
import type { JsonPath } from '@/lib/plane/json/json-path';
import type { Draft, DraftProblem } from '@/lib/plane/registration/draft';
import type { KnownPlane } from '@/lib/plane/registration/known-planes';
import type { Step } from '@/lib/plane/registration/register-url';
import type { InstalledKind, ServedKind } from '@/lib/plane/schema/installed-kind';

/** What a query of the wizard has read. */
export interface QueryState<T> {
  readonly data: T | undefined;
  /** Why it couldn't be read, in a sentence; null: it could, or it is being read. */
  readonly problem: string | null;
}

export function queryState<T>({
  data,
  error,
  failureReason,
}: {
  readonly data: T | undefined;
  readonly error: Error | null;
  readonly failureReason: Error | null;
}): QueryState<T> {
  return { data, problem: data === undefined ? queryProblem({ error, failureReason }) : null };
}

/** What the steps of the wizard share. */
export interface Wizard {
  readonly kinds: readonly ServedKind[];
  readonly access: QueryState<RegistrationKinds>;
  readonly namespaces: QueryState<RegistrationNamespaces>;
  /** Null: they may not be listed, or haven't been yet. */
  readonly namespaceNames: readonly string[] | null;
  /** Null: not all are known. */
  readonly planes: readonly KnownPlane[] | null;
  /** The user's name at the API server; null while it isn't known. */
  readonly user: string | null;
  /** Nothing may be written here; manifests can be downloaded anyway. */
  readonly readOnly: boolean;
  readonly step: Step;
  /** Opens a step; with a path, its field gets the focus. */
  readonly goTo: (step: Step, path?: JsonPath) => void;
  readonly inspections: DraftInspections;
  /** All known problems, whether they are shown beside their fields yet or not. */
  readonly problems: readonly DraftProblem[];
  /** The problems to show beside a field now. */
  readonly problemsAt: (path: JsonPath) => readonly DraftProblem[];
  readonly errorsOf: (step: Step) => readonly DraftProblem[];
  readonly startOver: () => void;
}

/** The steps after the first have a draft, and its kind. */
export interface DraftedWizard extends Wizard {
  readonly kind: InstalledKind;
  readonly draft: Draft;
}

export const WizardContext = createContext<(Wizard & Partial<DraftedWizard>) | null>(null);

export function useWizard(): Wizard & Partial<DraftedWizard> {
  const wizard = useContext(WizardContext);
  if (!wizard) throw new Error('useWizard needs a WizardContext above it.');
  return wizard;
}

/** For steps that are only shown once a kind was chosen. */
export function useDraftedWizard(): DraftedWizard {
  const { kind, draft, ...wizard } = useWizard();
  if (!kind || !draft) throw new Error('This step needs a draft.');
  return { ...wizard, kind, draft };
}
