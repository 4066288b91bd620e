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

/** The result of one of the wizard's queries. */
export interface QueryState<T> {
  readonly data: T | undefined;
  /** Why it couldn't be read, in a sentence; null if it could, or is being read. */
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

/** The state and actions that the wizard's steps share. */
export interface Wizard {
  readonly kinds: readonly ServedKind[];
  /** Why the kinds' schemas can't be read; undefined: they can. */
  readonly schemaProblem: string | undefined;
  readonly access: QueryState<RegistrationKinds>;
  readonly namespaces: QueryState<RegistrationNamespaces>;
  /** Null if they may not be listed, or haven't been yet. */
  readonly namespaceNames: readonly string[] | null;
  /** Null while not all are known. */
  readonly planes: readonly KnownPlane[] | null;
  /** The user's name at the API server; null while it isn't known. */
  readonly user: string | null;
  /** Whether nothing may be written here; manifests can be downloaded anyway. */
  readonly readOnly: boolean;
  readonly step: Step;
  /** Opens a step and, with a path, focuses its field. */
  readonly goTo: (step: Step, path?: JsonPath) => void;
  readonly inspections: DraftInspections;
  /** All known problems, including those that aren't shown beside their fields yet. */
  readonly problems: readonly DraftProblem[];
  /** The problems to show beside a field now. */
  readonly problemsAt: (path: JsonPath) => readonly DraftProblem[];
  readonly errorsOf: (step: Step) => readonly DraftProblem[];
  readonly startOver: () => void;
}

/** The wizard after the first step, when it has a draft and a kind. */
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

/** For steps that are shown only after a kind was chosen. */
export function useDraftedWizard(): DraftedWizard {
  const { kind, draft, ...wizard } = useWizard();
  if (!kind || !draft) throw new Error('This step needs a draft.');
  return { ...wizard, kind, draft };
}
