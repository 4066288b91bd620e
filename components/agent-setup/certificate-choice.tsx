'use client';

import { TextInput } from '@/components/ui/controls';
import { Field, FieldSet } from '@/components/ui/field';
import { RadioCards } from '@/components/ui/radio-cards';
import { useTick } from '@/lib/client/feed/tick';
import { commandValueProblem } from '@/lib/plane/agent-setup/command-values';
import {
  type CertificateMode,
  LEAF_DAYS,
  LEAF_RENEWED_AFTER_DAYS,
} from '@/lib/plane/agent-setup/setup-choices';
import { formatUtc } from '@/lib/plane/time/age';
import { DAY_MS } from '@/lib/plane/time/duration';

/** The choice of the certificate that the agent connects with: what it means for the registration, and for how long. */
export function CertificateChoice({
  mode,
  onChoose,
  caSecret,
  onCaSecret,
  isLinked,
  problem,
}: {
  readonly mode: CertificateMode;
  readonly onChoose: (mode: CertificateMode) => void;
  /** The name of the Secret with the company's CA, as typed. */
  readonly caSecret: string;
  readonly onCaSecret: (name: string) => void;
  /** Whether the choice is that of the page's link, which anyone can write. */
  readonly isLinked: boolean;
  /** Why the gateway would reject an agent with this certificate, or null. */
  readonly problem: string | null;
}) {
  const renewal = useTick((nowMs) => dayOf(nowMs + LEAF_RENEWED_AFTER_DAYS * DAY_MS));
  return (
    <div className="grid gap-3">
      <FieldSet
        label="Agent certificate"
        help="You register the CA that issues it. The gateway accepts only agents that this CA verifies."
        warning={
          problem ?? (isLinked ? "This comes from the link you followed. Make sure it's yours." : undefined)
        }
      >
        <RadioCards
          value={mode}
          onChange={onChoose}
          options={[
            {
              value: 'own-ca',
              title: 'A CA for this plane (recommended)',
              description: `cert-manager creates it in the plane's cluster, valid for ten years. Certificates renew every ${LEAF_RENEWED_AFTER_DAYS} days without any change to the plane. Restart the agent within ${LEAF_DAYS - LEAF_RENEWED_AFTER_DAYS} days after each renewal, because it reads its certificate only at startup.`,
            },
            {
              value: 'self-signed',
              title: "The chart's self-signed certificate",
              description: `Valid for ${LEAF_DAYS} days. Installed today, it's replaced around ${renewal}. After that, the gateway rejects the agent at its next reconnect until you register the new certificate.`,
            },
            {
              value: 'company-ca',
              title: "Your organization's CA",
              description:
                "Its certificate and key must be in a Secret in the chart's namespace. Planes that share a CA accept each other's agents.",
            },
          ]}
        />
      </FieldSet>
      {mode === 'company-ca' ? (
        <Field
          label="Secret of the CA"
          help="A Secret of type kubernetes.io/tls with the keys tls.crt and tls.key."
          name="caSecret"
          error={commandValueProblem('caSecret', caSecret) ?? undefined}
        >
          {(control) => (
            <TextInput
              {...control}
              mono
              value={caSecret}
              placeholder="company-agent-ca"
              onChange={(event) => onCaSecret(event.target.value)}
            />
          )}
        </Field>
      ) : null}
    </div>
  );
}

function dayOf(timeMs: number): string {
  return formatUtc(timeMs).slice(0, 'yyyy-mm-dd'.length);
}
