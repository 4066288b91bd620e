'use client';

import { useState } from 'react';
import { useInspection } from '@/components/fields/use-inspection';
import { CommandContexts } from '@/components/plane/command-contexts';
import type { CurrentPlane } from '@/components/plane/use-current-plane';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { CommandBlock } from '@/components/ui/command-block';
import type { CertificateDetail } from '@/lib/plane/credentials/certificate-detail';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { materialProblem } from '@/lib/plane/credentials/recognise-material';
import { CurrentCertificates } from './current-certificates';
import { NewCertificate } from './new-certificate';
import { useAgentCommands } from './use-agent-commands';
import type { CredentialChanging } from './use-credential-replacement';
import { WriteReview } from './write-review';

/**
 * The certificate that is to come beside the one that is there. It is added to what stands there, unless somebody says
 * that no agent needs the old one any more.
 */
export function NewCertificateForm({
  now,
  slot,
  certificates,
  unknown,
  isFirst,
  changing,
}: {
  readonly now: CurrentPlane;
  readonly slot: CredentialSlot;
  readonly certificates: readonly CertificateDetail[];
  readonly unknown: string;
  /** Nothing stands there that could be kept. */
  readonly isFirst: boolean;
  readonly changing: CredentialChanging;
}) {
  const {
    row: { plane },
    related,
  } = now;
  const [text, setText] = useState('');
  const [wantsOld, setWantsOld] = useState(true);
  const keepsOld = wantsOld && !isFirst;
  const { printCa } = useAgentCommands(plane);
  const isUsable = text.trim() !== '' && materialProblem(slot.purpose, text) === null;
  const inspection = useInspection(isUsable ? { purpose: 'agent-ca', certificate: { text } } : null);
  const given = inspection?.state === 'read' ? inspection.answer : null;
  const there = new Set(certificates.map(({ fingerprint }) => fingerprint));
  const isThere =
    given !== null &&
    given.certificates.length > 0 &&
    given.certificates.every(({ fingerprint }) => there.has(fingerprint));
  const isRefused = isThere || (given?.findings.some(({ severity }) => severity === 'error') ?? false);
  const action = keepsOld ? 'add' : 'replace';
  const change = (next: string) => {
    setText(next);
    changing.reset();
  };
  const isOpen = changing.state.phase === 'idle' || changing.state.phase === 'failed';
  return (
    <div className="grid gap-4">
      {printCa === null ? null : (
        <div>
          <p className="text-pretty">
            Once the agent's certificate is renewed in its cluster, this prints what to put in here:
          </p>
          <CommandBlock command={printCa} label="Print the agent's certificate" missing={[]} wrap />
          <CommandContexts plane={plane} commands={[printCa]} />
        </div>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <CurrentCertificates title="Stands there now" certificates={certificates} unknown={unknown} />
        <NewCertificate
          slot={slot}
          label="New certificate"
          text={text}
          inspection={inspection}
          error={isThere ? 'This certificate stands there already.' : undefined}
          onChange={change}
        />
      </div>
      {isFirst ? null : (
        <Checkbox
          checked={keepsOld}
          onChange={(event) => {
            setWantsOld(event.target.checked);
            changing.reset();
          }}
        >
          Keep the old one beside it until the agent shows the new one
        </Checkbox>
      )}
      {keepsOld || isFirst ? null : (
        <p className="text-pretty text-degraded">
          Without the old one, an agent that still shows it is refused as soon as it dials in again.
        </p>
      )}
      {isOpen ? (
        <div>
          <Button
            variant="primary"
            disabled={!isUsable || isRefused || inspection?.state === 'checking'}
            onClick={() => changing.attempt({ slot: slot.id, action, text })}
          >
            Check what will be written
          </Button>
        </div>
      ) : null}
      <WriteReview
        changing={changing}
        verb={keepsOld ? 'Write old and new together' : isFirst ? 'Write it' : 'Replace it'}
        now={now}
        slot={slot}
        told={[...(given?.findings ?? []), ...(related.value?.ca.findings ?? [])].map(
          ({ message }) => message,
        )}
      />
    </div>
  );
}
