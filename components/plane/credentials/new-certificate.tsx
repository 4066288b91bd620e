'use client';

import { CertificateFacts } from '@/components/fields/certificate-facts';
import { CertificateInput, useTakeProblem } from '@/components/fields/certificate-input';
import type { useInspection } from '@/components/fields/use-inspection';
import { Field } from '@/components/ui/field';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { materialProblem } from '@/lib/plane/credentials/recognise-material';

/** Takes the certificate that is to come, and tells at once what it is, as at registration. */
export function NewCertificate({
  slot,
  label,
  text,
  inspection,
  error,
  onChange,
}: {
  readonly slot: CredentialSlot;
  readonly label: string;
  readonly text: string;
  readonly inspection: ReturnType<typeof useInspection>;
  readonly error: string | undefined;
  readonly onChange: (text: string) => void;
}) {
  const [taken, setTaken] = useTakeProblem(text);
  const form = materialProblem(slot.purpose, text);
  const ofText = [text.trim() === '' ? null : form, error].filter((sentence) => typeof sentence === 'string');
  const errors = taken === undefined ? ofText : [taken];
  return (
    <div className="min-w-0">
      <Field label={label} error={[...new Set(errors)]}>
        {(control) => (
          <CertificateInput
            control={control}
            form={slot.form}
            text={text}
            isRefused={taken !== undefined}
            onChange={onChange}
            onProblem={setTaken}
          />
        )}
      </Field>
      <CertificateFacts inspection={inspection} />
    </div>
  );
}
