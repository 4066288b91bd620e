'use client';

import dynamic from 'next/dynamic';
import { useMemo } from 'react';
import type { YamlDiagnostic } from '@/components/plane/edit/yaml/yaml-editor';
import { editableSchema } from '@/lib/plane/edit/edit-problems';
import type { DraftProblem } from '@/lib/plane/registration/draft';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { type EditSession, withText, yamlOf } from './edit-session';
import { editStore } from './edit-store';
import { parseEdited } from './edited-yaml';
import { differentReadings } from './yaml-readings';

/** The editor is larger than the rest of the page, so it's loaded only when it opens. */
const YamlEditor = dynamic(
  () => import('@/components/plane/edit/yaml/yaml-editor').then((module) => module.YamlEditor),
  { ssr: false, loading: () => <p className="text-muted">Loading the YAML editor…</p> },
);

/** The editable part of the resource as YAML. */
export function EditYaml({
  uid,
  kind,
  session,
  problems,
}: {
  readonly uid: string;
  readonly kind: InstalledKind;
  readonly session: EditSession;
  /** With paths of the resource. */
  readonly problems: readonly DraftProblem[];
}) {
  const text = yamlOf(session);
  const schema = useMemo(() => editableSchema(kind), [kind]);
  const diagnostics = useMemo(
    () => diagnosticsOf(text, session.unreadable ? [] : problems),
    [text, session.unreadable, problems],
  );
  return (
    <div className="grid min-w-0 gap-2">
      <p className="text-pretty text-muted text-xs">
        You can edit labels, annotations and spec. Press Ctrl+Space for suggestions, or point at a field for
        help. Stored secrets are masked; leave a mask to keep its secret.
      </p>
      <YamlEditor
        label="The plane as YAML"
        text={text}
        onChange={(typed) => editStore.change(uid, (edit) => withText(edit, typed))}
        schema={schema}
        diagnostics={diagnostics}
      />
      <ul aria-label="YAML problems" className="grid gap-1 empty:hidden">
        {diagnostics.map(({ from, severity, message }) => (
          <li
            key={`${from} ${message}`}
            className={severity === 'error' ? 'text-disconnected' : 'text-degraded'}
          >
            <span className="font-medium">
              {severity === 'error' ? 'Error' : 'Warning'} in line {lineOf(text, from)}:
            </span>{' '}
            {message}
          </li>
        ))}
      </ul>
    </div>
  );
}

function diagnosticsOf(text: string, problems: readonly DraftProblem[]): YamlDiagnostic[] {
  const parsed = parseEdited(text);
  return [
    ...parsed.problems.map((problem): YamlDiagnostic => ({ ...problem, severity: 'error' })),
    ...(parsed.object === null ? [] : differentReadings(text)).map(
      (problem): YamlDiagnostic => ({ ...problem, severity: 'warning' }),
    ),
    ...problems.map(
      ({ path, severity, message }): YamlDiagnostic => ({ ...parsed.rangeOf([...path]), severity, message }),
    ),
  ].sort((a, b) => a.from - b.from);
}

function lineOf(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}
