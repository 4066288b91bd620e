'use client';

import { Button } from '@/components/ui/button';
import { Field, FieldSet } from '@/components/ui/field';
import { Segmented } from '@/components/ui/segmented';
import type { CredentialSource } from '@/lib/plane/credentials/credential';
import { type CredentialSlot, isCertificatePurpose } from '@/lib/plane/credentials/credential-slot';
import { materialProblem } from '@/lib/plane/credentials/recognise-material';
import { pathKey } from '@/lib/plane/json/json-path';
import { MASK } from '@/lib/plane/masking/mask';
import { credentialOf } from '@/lib/plane/registration/new-draft';
import { CertificateInput, useInputProblem } from './certificate-input';
import { ExistingSecret } from './existing-secret';
import { useFields, useMessages } from './fields-context';
import { InspectionResult } from './inspection-result';
import { NewSecret } from './new-secret';
import { PrivateKeyInput } from './private-key-input';
import { PasswordInput, SecretTextArea } from './secret-input';
import { StoredSecret } from './stored-secret';

const SOURCES: readonly { value: CredentialSource; label: string }[] = [
  { value: 'new-secret', label: 'New Secret' },
  { value: 'existing-secret', label: 'Existing Secret' },
  { value: 'inline', label: 'Inline' },
];

/** Inputs for one credential slot: its source, its material, and the result of inspecting that material. */
export function CredentialInput({
  slot,
  label,
  help,
  required,
}: {
  readonly slot: CredentialSlot;
  readonly label: string;
  readonly help?: string | undefined;
  readonly required: boolean;
}) {
  const { draft, kind, inspections, stored, onCredentialChange, onLeave } = useFields();
  const credential = credentialOf(draft, slot, kind);
  const change = (part: Partial<typeof credential>) =>
    onCredentialChange(slot.id, { ...credential, ...part });
  const { error, warning } = useMessages(['credentials', slot.id]);
  const isExisting = credential.source === 'existing-secret';
  return (
    <FieldSet
      name={pathKey(['credentials', slot.id])}
      label={label}
      help={help}
      optional={!required}
      error={error}
      warning={warning}
    >
      {slot.form === 'value-from' ? (
        <div className="mb-2">
          <Segmented
            label={`${label}: source`}
            options={SOURCES.filter(({ value }) => stored?.sources.includes(value) ?? true)}
            value={credential.source}
            onChange={(source) => change({ source })}
          />
          <p className="mt-1.5 text-pretty text-muted text-xs">{sourceText(credential.source, slot)}</p>
        </div>
      ) : keepsSecretInline(slot) ? (
        <p className="mb-1.5 text-pretty text-muted text-xs">{sourceText('inline', slot)}</p>
      ) : null}
      {isExisting ? (
        <ExistingSecret slot={slot} credential={credential} onChange={change} onLeave={onLeave} />
      ) : (
        <MaterialField
          slot={slot}
          label={label}
          required={required}
          text={credential.text}
          onChange={(text) => change({ text })}
        />
      )}
      {isCertificatePurpose(slot.purpose) ? (
        <InspectionResult inspection={inspections.bySlot[slot.id]} canChange={isExisting} />
      ) : null}
      {credential.source === 'new-secret' && slot.form === 'value-from' ? (
        <NewSecret slot={slot} credential={credential} onChange={change} onLeave={onLeave} />
      ) : null}
    </FieldSet>
  );
}

/** Whether a key or a password can only be stored in the plane itself, as in some releases. */
function keepsSecretInline({ form, purpose }: CredentialSlot): boolean {
  return form !== 'value-from' && !isCertificatePurpose(purpose);
}

function sourceText(source: CredentialSource, { purpose }: CredentialSlot): string {
  switch (source) {
    case 'new-secret':
      return 'Planeboard creates a Secret in the control plane, and the plane refers to it.';
    case 'existing-secret':
      return 'The plane refers to a Secret that exists or that you create later.';
    case 'inline':
      return isCertificatePurpose(purpose)
        ? "Stored in the plane itself, as PEM. A certificate isn't secret."
        : 'Stored in the plane itself. Anyone who can read the plane can read it.';
  }
}

/** Input for the material. Shows format problems immediately, not only when the field loses focus. */
function MaterialField({
  slot,
  label,
  required,
  text,
  onChange,
}: {
  readonly slot: CredentialSlot;
  readonly label: string;
  readonly required: boolean;
  readonly text: string;
  readonly onChange: (text: string) => void;
}) {
  const { inspections, stored, onLeave } = useFields();
  const path = ['credentials', slot.id, 'text'];
  const isStored = stored !== undefined && text.trim() === MASK;
  const { error, warning } = useMessages(path);
  const [rejection, setRejection] = useInputProblem(text);
  const formatProblem = isStored ? null : materialProblem(slot.purpose, text);
  // The inspection result already shows its findings.
  const findings = new Set(inspections.answers[slot.id]?.findings.map((finding) => finding.message));
  const withoutFindings = (sentences: readonly string[]) =>
    sentences.filter((sentence) => !findings.has(sentence));
  const canRestore = !isStored && stored?.inline.has(slot.id) === true;
  const immediate = formatProblem === null ? [] : [formatProblem];
  const input = { text, onChange };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only observes that the focus left.
    <div onBlur={() => onLeave(path)}>
      <Field
        name={pathKey(path)}
        label={label}
        hideLabel={!canRestore}
        action={
          canRestore ? (
            <Button onClick={() => onChange(MASK)} className="h-6 text-xs">
              Keep stored value
            </Button>
          ) : undefined
        }
        optional={required ? undefined : true}
        error={
          rejection === undefined ? [...new Set([...immediate, ...withoutFindings(error)])] : [rejection]
        }
        warning={rejection === undefined ? withoutFindings(warning) : []}
      >
        {(control) => {
          if (isStored)
            return <StoredSecret control={control} label={label} onReplace={() => onChange('')} />;
          if (isCertificatePurpose(slot.purpose))
            return (
              <CertificateInput
                control={control}
                form={slot.form}
                isRejected={rejection !== undefined}
                onProblem={setRejection}
                {...input}
              />
            );
          if (slot.purpose === 'client-key')
            return <PrivateKeyInput control={control} onProblem={setRejection} {...input} />;
          if (slot.purpose === 'other') return <SecretTextArea control={control} rows={3} {...input} />;
          return <PasswordInput control={control} {...input} />;
        }}
      </Field>
    </div>
  );
}
