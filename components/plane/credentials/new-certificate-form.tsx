'use client';

import { type ReactNode, useState } from 'react';
import { useCertificateInspection } from '@/components/fields/use-certificate-inspection';
import { CommandContexts } from '@/components/plane/command-contexts';
import type { CurrentPlane } from '@/components/plane/use-current-plane';
import { Button } from '@/components/ui/button';
import { CommandBlock } from '@/components/ui/command-block';
import { Checkbox } from '@/components/ui/controls';
import type { SlotState } from '@/lib/api/replacements';
import { type CaCheck, rejectedAgentText } from '@/lib/plane/credentials/ca-check';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { materialProblem } from '@/lib/plane/credentials/recognise-material';
import type { AgentCa } from '@/lib/plane/related/related-resources';
import { CurrentCertificates, NewCertificateInput } from './credential-inputs';
import { useAgentCommands } from './restart-agent';
import { awaitsDecision, decided, UnreadableChoice, type UnreadableDecision } from './unreadable-choice';
import type { ReplacementControl } from './use-credential-replacement';
import { SharingLines } from './write-choice';
import { WriteReview } from './write-review';

/** Form for the new certificate. Adds it beside the stored one, unless you choose not to keep the old one. */
export function NewCertificateForm({
  current,
  slot,
  ca,
  unknown,
  isFirst,
  check,
  state,
  replacement,
  create = null,
}: {
  readonly current: CurrentPlane;
  readonly slot: CredentialSlot;
  readonly ca: AgentCa;
  readonly unknown: string;
  /** Whether the slot stores no certificate that could be kept. */
  readonly isFirst: boolean;
  readonly check: CaCheck;
  readonly state: SlotState | null;
  readonly replacement: ReplacementControl;
  /** For a move to a CA: how to create the CA, in place of the command that prints the agent's own certificate. */
  readonly create?: ReactNode;
}) {
  const {
    row: { plane },
    related,
  } = current;
  const [text, setText] = useState('');
  const { certificates } = ca;
  const [wantsOldKept, setWantsOldKept] = useState(true);
  const [decision, setDecision] = useState<UnreadableDecision | null>(null);
  const keepsOld = wantsOldKept && !isFirst;
  const { printCa } = useAgentCommands(plane);
  const isUsable = text.trim() !== '' && materialProblem(slot.purpose, text) === null;
  const inspection = useCertificateInspection(
    isUsable ? { purpose: 'agent-ca', certificate: { text } } : null,
  );
  const given = inspection?.state === 'read' ? inspection.answer : null;
  const stored = new Set(certificates.map(({ fingerprint }) => fingerprint));
  const isStored =
    given !== null &&
    given.certificates.length > 0 &&
    given.certificates.every(({ fingerprint }) => stored.has(fingerprint));
  const isNoCa = create !== null && (given?.certificates.some(({ isCa }) => !isCa) ?? false);
  const isRejected =
    isStored || isNoCa || (given?.findings.some(({ severity }) => severity === 'error') ?? false);
  const action = keepsOld ? 'add' : 'replace';
  const rejected = rejectedAgentText(check, plane);
  const edit = (next: string) => {
    setText(next);
    replacement.reset();
  };
  const isOpen = replacement.state.phase === 'idle' || replacement.state.phase === 'failed';
  return (
    <div className="grid gap-4">
      {create}
      {printCa === null || create !== null ? null : (
        <div>
          <p className="text-pretty">
            Print the agent's CA in its cluster, and enter it here as the new certificate:
          </p>
          <CommandContexts plane={plane} commands={[printCa]} className="mt-2 mb-2" />
          <CommandBlock command={printCa} label="Print agent certificate" wrap />
        </div>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <CurrentCertificates
          title={certificates.length > 1 ? 'Current certificates' : 'Current certificate'}
          certificates={certificates}
          unknown={unknown}
        />
        <NewCertificateInput
          slot={slot}
          label={create === null ? 'New certificate' : 'CA'}
          text={text}
          inspection={inspection}
          error={
            isStored
              ? 'This certificate is already stored.'
              : isNoCa
                ? "This isn't a CA. Enter the certificate that the command above prints."
                : undefined
          }
          onChange={edit}
        />
      </div>
      {isFirst || create !== null ? null : (
        <Checkbox
          checked={keepsOld}
          onChange={(event) => {
            setWantsOldKept(event.target.checked);
            replacement.reset();
          }}
        >
          Keep the old certificate until the agent uses the new one
        </Checkbox>
      )}
      {keepsOld || isFirst ? null : <p className="text-pretty text-degraded">{rejected}</p>}
      {keepsOld ? (
        <UnreadableChoice
          ca={ca}
          decision={decision}
          onDecide={(next) => {
            setDecision(next);
            replacement.reset();
          }}
        />
      ) : null}
      {/* The review lists them again. */}
      {isOpen ? <SharingLines state={state} /> : null}
      {isOpen ? (
        <div>
          <Button
            variant="primary"
            disabled={
              !isUsable ||
              isRejected ||
              inspection?.state === 'checking' ||
              (keepsOld && awaitsDecision(ca, decision))
            }
            onClick={() =>
              replacement.check({
                slot: slot.id,
                action,
                text,
                ...(keepsOld ? decided(ca, decision) : {}),
              })
            }
          >
            Review change
          </Button>
        </div>
      ) : null}
      <WriteReview
        replacement={replacement}
        verb={keepsOld || isFirst ? 'Add certificate' : 'Replace certificate'}
        current={current}
        slot={slot}
        shownWarnings={[
          ...[...(given?.findings ?? []), ...(related.value?.ca.findings ?? [])].map(
            ({ message }) => message,
          ),
          rejected,
        ]}
      />
    </div>
  );
}
