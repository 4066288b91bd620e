'use client';

import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { useWizard } from './wizard-context';

/** Throws the draft away, once that was confirmed. */
export function StartOver() {
  const { draft, startOver } = useWizard();
  const [asking, setAsking] = useState(false);
  if (!draft) return null;
  return (
    <>
      <Button onClick={() => setAsking(true)}>
        <RotateCcw size={14} aria-hidden="true" /> Start over
      </Button>
      <Dialog open={asking} onClose={() => setAsking(false)} title="Throw this draft away?">
        <p className="text-pretty text-muted">
          Everything that you entered{draft.name === '' ? '' : ` for “${draft.name}”`} is forgotten. Nothing
          has been written to the cluster.
        </p>
        <div className="mt-5 flex justify-end gap-2">
          <Button variant="outline" onClick={() => setAsking(false)}>
            Keep it
          </Button>
          <Button
            variant="primary"
            onClick={() => {
              setAsking(false);
              startOver();
            }}
          >
            Start over
          </Button>
        </div>
      </Dialog>
    </>
  );
}
