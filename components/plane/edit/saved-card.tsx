'use client';

import { CircleCheck } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import type { Plane } from '@/lib/plane/model/plane';
import { planePath } from '@/lib/plane/model/plane-path';

/** The edit was written. What the controller makes of it is for the plane's page to say. */
export function SavedCard({ plane, onAgain }: { readonly plane: Plane; readonly onAgain: () => void }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div
      ref={box}
      tabIndex={-1}
      role="status"
      className="rounded-xl border border-healthy/35 bg-healthy-soft px-4 py-4 focus-visible:outline-none"
    >
      <p className="flex items-center gap-2 font-semibold">
        <CircleCheck size={16} aria-hidden="true" className="text-healthy" /> Saved
      </p>
      <p className="mt-1 max-w-prose text-pretty">
        The API server has stored the change. Whether the plane works with it shows on its page, once its
        controller has looked.
      </p>
      <div className="mt-3 flex flex-wrap gap-2">
        <ButtonLink href={planePath(plane)}>Back to the plane</ButtonLink>
        <Button variant="outline" onClick={onAgain}>
          Edit again
        </Button>
      </div>
    </div>
  );
}
