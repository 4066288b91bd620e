'use client';

import { ConsequenceList } from '@/components/plane/consequence-list';
import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/controls';
import { type Consequence, needsConfirmation } from '@/lib/plane/consequences/consequence';
import { isRejectedAgentText } from '@/lib/plane/credentials/ca-check';

/** The effects of an edit. Dangerous ones need a confirmation before the edit can be saved. */
export function EditEffects({
  consequences,
  namespace,
  isConfirmed,
  onConfirm,
}: {
  readonly consequences: readonly Consequence[];
  readonly namespace: string | undefined;
  readonly isConfirmed: boolean;
  readonly onConfirm: (confirmed: boolean) => void;
}) {
  if (consequences.length === 0) return null;
  return (
    <Card title="Effects of the change">
      <ConsequenceList consequences={consequences} namespace={namespace} />
      {needsConfirmation(consequences) ? (
        <div className="mt-3 border-line border-t pt-3">
          <Checkbox checked={isConfirmed} onChange={(event) => onConfirm(event.target.checked)}>
            Save it anyway. I understand these effects.
          </Checkbox>
        </div>
      ) : null}
    </Card>
  );
}

/** Returns the warnings that the effects don't already contain: what a changed CA does to agents. */
export function furtherWarnings(
  warnings: readonly string[],
  consequences: readonly Consequence[],
): readonly string[] {
  if (!consequences.some(({ code }) => code === 'rejects-agent')) return warnings;
  return warnings.filter((warning) => !isRejectedAgentText(warning));
}
