'use client';

import { CertificateList } from '@/components/fields/certificate-card';
import { CertificateInput, useInputProblem } from '@/components/fields/certificate-input';
import { InspectionResult } from '@/components/fields/inspection-result';
import { PrivateKeyInput } from '@/components/fields/private-key-input';
import { PasswordInput, SecretTextArea } from '@/components/fields/secret-input';
import type { CertificateInspection } from '@/components/fields/use-certificate-inspection';
import { Field } from '@/components/ui/field';
import type { CertificateDetail } from '@/lib/plane/credentials/certificate-detail';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { materialProblem } from '@/lib/plane/credentials/recognise-material';

/** The stored certificates, or why they aren't known. */
export function CurrentCertificates({
  title,
  certificates,
  unknown,
}: {
  readonly title: string;
  readonly certificates: readonly CertificateDetail[];
  /** Shown if there are no certificates. */
  readonly unknown: string;
}) {
  return (
    <div className="grid min-w-0 content-start gap-2">
      <h3 className="font-medium">{title}</h3>
      {certificates.length === 0 ? <p className="text-pretty text-muted">{unknown}</p> : null}
      <CertificateList certificates={certificates} restText="more" />
    </div>
  );
}

/** Input for the new certificate. Shows the result of its inspection, as a registration does. */
export function NewCertificateInput({
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
  readonly inspection: CertificateInspection | undefined;
  readonly error: string | undefined;
  readonly onChange: (text: string) => void;
}) {
  const [rejection, setRejection] = useInputProblem(text);
  const formatProblem = text.trim() === '' ? null : materialProblem(slot.purpose, text);
  const textErrors = [formatProblem, error].filter((sentence) => typeof sentence === 'string');
  const errors = rejection === undefined ? textErrors : [rejection];
  return (
    <div className="min-w-0">
      <Field label={label} error={[...new Set(errors)]}>
        {(control) => (
          <CertificateInput
            control={control}
            form={slot.form}
            text={text}
            isRejected={rejection !== undefined}
            onChange={onChange}
            onProblem={setRejection}
          />
        )}
      </Field>
      <InspectionResult inspection={error === undefined ? inspection : withoutWarnings(inspection)} />
    </div>
  );
}

/** Advice about a certificate that the input rejects would contradict the error. */
function withoutWarnings(inspection: CertificateInspection | undefined): CertificateInspection | undefined {
  if (inspection?.state !== 'read') return inspection;
  const findings = inspection.answer.findings.filter(({ severity }) => severity === 'error');
  return { ...inspection, answer: { ...inspection.answer, findings } };
}

/** Input for the new secret of a slot: a key, a token or a password. The stored secret is never shown. */
export function NewSecretInput({
  slot,
  label,
  help,
  optional,
  text,
  onChange,
}: {
  readonly slot: CredentialSlot;
  readonly label: string;
  readonly help?: string;
  readonly optional?: boolean;
  readonly text: string;
  readonly onChange: (text: string) => void;
}) {
  const [rejection, setRejection] = useInputProblem(text);
  const formatProblem = text === '' ? null : materialProblem(slot.purpose, text);
  return (
    <Field
      label={label}
      help={help}
      optional={optional}
      error={[rejection ?? formatProblem].filter((sentence) => typeof sentence === 'string')}
    >
      {(control) => {
        if (slot.purpose === 'client-key')
          return (
            <PrivateKeyInput control={control} text={text} onChange={onChange} onProblem={setRejection} />
          );
        if (slot.purpose === 'other')
          return <SecretTextArea control={control} rows={3} text={text} onChange={onChange} />;
        return <PasswordInput control={control} text={text} onChange={onChange} />;
      }}
    </Field>
  );
}
