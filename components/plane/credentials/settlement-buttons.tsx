'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/controls';
import { ErrorBox, IconLine } from '@/components/ui/notice';
import type { Settlement } from '@/lib/api/replacements';
import type { SettlementControl } from './use-replacement-states';

/** A way to end a replacement. */
export interface SettlementChoice {
  readonly action: Settlement['action'];
  readonly label: string;
  /** What the button will do, in a sentence. */
  readonly consequence: string;
  /** The button that does it. */
  readonly verb: string;
  readonly isPrimary?: boolean;
}

/** Buttons that end a replacement. Each says what it will do before it does it. */
export function SettlementButtons({
  choices,
  control: { settle, busy, problem, isManaged },
}: {
  readonly choices: readonly SettlementChoice[];
  readonly control: SettlementControl;
}) {
  const [chosen, setChosen] = useState<SettlementChoice['action'] | null>(null);
  const [isConfirmed, setConfirmed] = useState(false);
  const choice = choices.find(({ action }) => action === chosen);
  return (
    <div className="grid gap-3">
      {choice ? (
        <section
          aria-label="Pending change"
          className="grid gap-3 rounded-lg border border-accent bg-accent-soft p-3"
        >
          <p className="text-pretty [overflow-wrap:anywhere]">{choice.consequence}</p>
          {isManaged && problem !== null ? (
            <>
              <IconLine tone="warning">{problem}</IconLine>
              <Checkbox checked={isConfirmed} onChange={(event) => setConfirmed(event.target.checked)}>
                Write it here anyway. I understand that it will be reverted.
              </Checkbox>
            </>
          ) : null}
          <div className="flex flex-wrap gap-2">
            <Button
              variant="primary"
              disabled={busy || (isManaged && !isConfirmed)}
              onClick={() =>
                settle({
                  action: choice.action,
                  ...(isManaged && isConfirmed ? { evenIfManaged: true } : {}),
                })
              }
            >
              {busy ? 'Writing…' : choice.verb}
            </Button>
            <Button variant="outline" disabled={busy} onClick={() => setChosen(null)}>
              Cancel
            </Button>
          </div>
        </section>
      ) : (
        <div className="flex flex-wrap gap-2 empty:hidden">
          {choices.map(({ action, label, isPrimary = false }) => (
            <Button
              key={action}
              variant={isPrimary ? 'primary' : 'outline'}
              onClick={() => {
                setConfirmed(false);
                setChosen(action);
              }}
            >
              {label}
            </Button>
          ))}
        </div>
      )}
      {problem === null || isManaged ? null : <ErrorBox>{problem}</ErrorBox>}
    </div>
  );
}
