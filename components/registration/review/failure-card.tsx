'use client';

import { CircleAlert } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { RegistrationRemains } from '@/lib/api/registration';
import type { ApiError } from '@/lib/client/api/api-request';
import type { ObjectRef } from '@/lib/plane/model/object-ref';
import { asSentence } from '@/lib/plane/model/text';

/** A failed registration: what happened, what is left of it, and what to do. Nothing typed is lost. */
export function FailureCard({ error }: { readonly error: ApiError }) {
  const { problem } = error;
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error) ref.current?.scrollIntoView({ block: 'nearest' });
  }, [error]);
  return (
    <div
      ref={ref}
      role="alert"
      className="flex items-start gap-2.5 rounded-lg border border-disconnected/35 bg-error-soft px-3 py-2.5"
    >
      <CircleAlert size={15} aria-hidden="true" className="mt-0.5 shrink-0 text-disconnected" />
      <div className="min-w-0 text-pretty [overflow-wrap:anywhere]">
        <p className="font-semibold">{problem ? problem.title : 'Outcome unknown'}</p>
        <p className="mt-0.5">
          {problem
            ? asSentence(problem.detail ?? '')
            : `${error.message} Some resources may have been created.`}
        </p>
        {problem?.registration ? <Remains remains={problem.registration} /> : null}
        <p className="mt-1.5 text-muted">
          Your draft is kept. You can safely register again: it continues where this attempt stopped and never
          creates a second plane.
        </p>
      </div>
    </div>
  );
}

function Remains({ remains }: { readonly remains: RegistrationRemains }) {
  return (
    <ul className="mt-1.5 grid gap-1">
      <Objects label="Created, then removed:" objects={remains.removed} />
      <Objects label="Created, not removed:" objects={remains.left} />
      <Objects label="May exist:" objects={remains.unsure} />
    </ul>
  );
}

function Objects({ label, objects }: { readonly label: string; readonly objects: readonly ObjectRef[] }) {
  if (objects.length === 0) return null;
  return (
    <li>
      {label}{' '}
      {objects.map(({ kind, namespace, name }, index) => (
        <span key={`${kind} ${namespace} ${name}`}>
          {index > 0 ? ', ' : ''}
          {kind}{' '}
          <code className="font-mono text-xs">{namespace === undefined ? name : `${namespace}/${name}`}</code>
        </span>
      ))}
    </li>
  );
}
