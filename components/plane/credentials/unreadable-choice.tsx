'use client';

import { FieldSet } from '@/components/ui/field';
import { RadioCards } from '@/components/ui/radio-cards';
import type { CredentialReplacement } from '@/lib/api/credentials';
import { unreadableSentence } from '@/lib/plane/certificates/unreadable-block';
import type { AgentCa } from '@/lib/plane/related/related-resources';

export type UnreadableDecision = NonNullable<CredentialReplacement['unreadable']>;

/**
 * Asks what happens to stored certificates that can't be read. They're shown by their place and BEGIN line only,
 * because nothing is known about their content. Renders nothing if there are none.
 */
export function UnreadableChoice({
  ca,
  decision,
  onDecide,
}: {
  readonly ca: AgentCa;
  readonly decision: UnreadableDecision | null;
  readonly onDecide: (decision: UnreadableDecision) => void;
}) {
  const blocks = ca.unreadable ?? [];
  if (blocks.length === 0) return null;
  const count = ca.certificates.length + blocks.length;
  const one = blocks.length === 1;
  return (
    <FieldSet
      label={
        one ? "A stored certificate can't be read" : `${blocks.length} stored certificates can't be read`
      }
      help={`The gateway skips ${one ? 'it' : 'them'}. Planeboard removes ${one ? 'it' : 'them'} only if you choose to.`}
    >
      <ul className="mb-2 grid gap-1.5">
        {blocks.map((block) => (
          <li key={block.line} className="text-pretty [overflow-wrap:anywhere]">
            {unreadableSentence(block, count)}
            <br />
            <span className="text-muted text-xs">
              Line {block.line}
              {block.label === '' ? null : (
                <>
                  : <code className="font-mono">{`-----BEGIN ${block.label}-----`}</code>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
      <RadioCards
        options={[
          {
            value: 'keep',
            title: one ? 'Keep it' : 'Keep them',
            description: 'The text stays unchanged, and the gateway still skips it.',
          },
          {
            value: 'drop',
            title: one ? 'Remove it' : 'Remove them',
            description: 'Choose this if no agent depends on it, or if you add a corrected one now.',
          },
        ]}
        value={decision}
        onChange={onDecide}
        className="sm:grid-cols-2"
      />
    </FieldSet>
  );
}

/** Whether a change of the bundle has to wait for a decision. */
export function awaitsDecision(ca: AgentCa, decision: UnreadableDecision | null): boolean {
  return (ca.unreadable?.length ?? 0) > 0 && decision === null;
}

/** The decision as part of a request; empty if nothing has to be decided. */
export function decided(
  ca: AgentCa,
  decision: UnreadableDecision | null,
): Pick<CredentialReplacement, 'unreadable'> {
  return (ca.unreadable?.length ?? 0) === 0 || decision === null ? {} : { unreadable: decision };
}
