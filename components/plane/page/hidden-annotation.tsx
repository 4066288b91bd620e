'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { hiddenAnnotationQuery, type PlaneVersion } from '@/lib/client/api/queries';
import { type HiddenAnnotation as Hidden, hiddenText } from '@/lib/plane/masking/opaque-annotation';

/** An annotation with data, by its size. It is read, with secrets masked, only when someone opens it. */
export function HiddenAnnotation({
  plane,
  annotation: { name, bytes },
}: {
  readonly plane: PlaneVersion;
  readonly annotation: Hidden;
}) {
  const [isOpen, setIsOpen] = useState(false);
  const { data, error } = useQuery({ ...hiddenAnnotationQuery(plane, name), enabled: isOpen });
  return (
    <div>
      <dt className="break-all text-muted text-xs">{name}</dt>
      <dd className="flex flex-wrap items-center gap-x-3 text-muted">
        {hiddenText(bytes, data !== undefined && isOpen)}
        <Button
          aria-expanded={isOpen}
          aria-label={`${isOpen ? 'Hide' : 'Show'} ${name}`}
          onClick={() => setIsOpen(!isOpen)}
        >
          {isOpen ? 'Hide' : 'Show'}
        </Button>
      </dd>
      {isOpen ? (
        <dd aria-live="polite">
          {data ? (
            <pre className="max-h-80 overflow-auto whitespace-pre-wrap break-all font-mono text-xs">
              {data.text}
            </pre>
          ) : (
            <p className="text-muted">{error ? error.message : 'Loading…'}</p>
          )}
        </dd>
      ) : null}
    </div>
  );
}
