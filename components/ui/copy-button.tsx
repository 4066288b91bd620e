'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { copyText } from '@/lib/client/text-export';
import { Button } from './button';

const SHOWN_MS = 2000;

/** Copies a text and reports whether it worked. `label` names the action: "Copy link". */
export function CopyButton({
  text,
  label,
  showLabel = false,
  className,
}: {
  readonly text: string | (() => string);
  readonly label: string;
  readonly showLabel?: boolean;
  readonly className?: string;
}) {
  const [outcome, setOutcome] = useState<'copied' | 'failed' | null>(null);

  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = async () => {
    setOutcome((await copyText(typeof text === 'string' ? text : text())) ? 'copied' : 'failed');
  };
  const outcomeLabel = outcome === 'copied' ? 'Copied' : outcome === 'failed' ? "Couldn't copy" : null;
  return (
    <Button
      icon={!showLabel}
      variant={showLabel ? 'outline' : 'plain'}
      aria-label={showLabel ? undefined : label}
      title={showLabel ? undefined : label}
      className={className}
      onClick={copy}
    >
      {outcome === 'copied' ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
      {showLabel ? (outcomeLabel ?? label) : null}
      <span role="status" className="sr-only">
        {outcomeLabel}
      </span>
    </Button>
  );
}
