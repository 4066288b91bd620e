'use client';

import { createContext, type ReactNode, use } from 'react';
import type { Credential, CredentialSource, SpecDraft } from '@/lib/plane/credentials/credential';
import type { Json } from '@/lib/plane/json/json';
import type { JsonPath } from '@/lib/plane/json/json-path';
import type { DraftProblem } from '@/lib/plane/registration/draft';
import type { FormField } from '@/lib/plane/registration/form-field';
import type { KnownPlane } from '@/lib/plane/registration/known-planes';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import type { DraftInspections } from './use-certificate-inspection';

/** What the fields of a spec share: the draft, the facts they need beside it, and the callbacks for changes. */
export interface FieldsState {
  readonly kind: InstalledKind;
  readonly draft: SpecDraft;
  /** The plane's namespace; empty for cluster-wide kinds, and until a namespace is chosen. */
  readonly namespace: string;
  /** Null: unknown. */
  readonly planes: readonly KnownPlane[] | null;
  /** Suggestions for a Secret's namespace; null: the caller may not list namespaces. */
  readonly namespaces: readonly string[] | null;
  readonly inspections: DraftInspections;
  /** For an existing plane, where a mask represents a stored secret. Absent: nothing is stored. */
  readonly stored?: StoredSecrets;
  /** The draft's id during a registration; it marks what an earlier attempt has written. */
  readonly registration?: string;
  /** Sets the value at a path within the spec; undefined removes it. */
  readonly onSpecChange: (path: JsonPath, value: Json | undefined) => void;
  readonly onCredentialChange: (slotId: string, credential: Credential) => void;
  /** Called when an empty group or item is added; the path is the draft's. */
  readonly onAdd: (path: JsonPath) => void;
  /** Called when a field loses focus; the path is the draft's. */
  readonly onLeave: (path: JsonPath) => void;
  /** The problems to show at a path of the draft. */
  readonly problemsAt: (path: JsonPath) => readonly DraftProblem[];
}

/** What the form of an existing plane knows about its secrets; it never has their values. */
export interface StoredSecrets {
  /** Ids of the slots with an inline secret. */
  readonly inline: ReadonlySet<string>;
  /** Where a credential may come from. An edit of a plane can't create Secrets. */
  readonly sources: readonly CredentialSource[];
}

export const FieldsContext = createContext<FieldsState | null>(null);

/** The form that contains the calling field. */
export function useFields(): FieldsState {
  const value = use(FieldsContext);
  if (!value) throw new Error('useFields needs a FieldsContext above it.');
  return value;
}

/** The messages at a path of the draft, as a `Field` takes them. */
export function useMessages(path: JsonPath): FieldMessages {
  return problemMessages(useFields().problemsAt(path));
}

export interface FieldMessages {
  readonly error: string[];
  readonly warning: string[];
}

export function problemMessages(problems: readonly DraftProblem[]): FieldMessages {
  const of = (severity: DraftProblem['severity']) =>
    problems.filter((problem) => problem.severity === severity).map((problem) => problem.message);
  return { error: of('error'), warning: of('warning') };
}

export interface FieldProps {
  readonly field: FormField;
  /** A button of the surrounding group or list, shown beside the label. */
  readonly action?: ReactNode;
  /** Set where the surrounding field already names this one. */
  readonly hideLabel?: boolean;
}

/** Props of a field with child fields. These may be of any kind, so the function that renders them is passed in. */
export interface ParentFieldProps extends FieldProps {
  readonly renderField: (props: FieldProps) => ReactNode;
}
