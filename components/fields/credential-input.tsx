'use client';

import { Button } from '@/components/ui/button';
import { Field, FieldSet } from '@/components/ui/field';
import { Segmented } from '@/components/ui/segmented';
import type { CredentialSource } from '@/lib/plane/credentials/credential';
import { type CredentialSlot, isCertificatePurpose } from '@/lib/plane/credentials/credential-slot';
import { materialProblem } from '@/lib/plane/credentials/recognise-material';
import { MASK } from '@/lib/plane/json/mask';
import { credentialOf } from '@/lib/plane/registration/new-draft';
import { CertificateFacts } from './certificate-facts';
import { CertificateInput, useTakeProblem } from './certificate-input';
import { ExistingSecret } from './existing-secret';
import { fieldKey } from './field-key';
import { useFields, useMessages } from './fields-context';
import { KeptSecret } from './kept-secret';
import { PrivateKeyInput } from './private-key-input';
import { MaskedTextArea, PasswordInput } from './secret-input';
import { SecretPlace } from './secret-place';

const SOURCES: readonly { value: CredentialSource; label: string }[] = [
  { value: 'new-secret', label: 'New Secret' },
  { value: 'existing-secret', label: 'Existing Secret' },
  { value: 'inline', label: 'Inline' },
];

/** What goes into one credential slot: where it comes from, its material, and at once what that material is. */
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
      name={fieldKey(['credentials', slot.id])}
      label={label}
      help={help}
      optional={!required}
      error={error}
      warning={warning}
    >
      {slot.form === 'value-from' ? (
        <div className="mb-2">
          <Segmented
            label={`${label}: where it comes from`}
            options={SOURCES.filter(({ value }) => stored?.sources.includes(value) ?? true)}
            value={credential.source}
            onChange={(source) => change({ source })}
          />
          <p className="mt-1.5 text-pretty text-muted text-xs">{sourceWords(credential.source, slot)}</p>
        </div>
      ) : keepsSecretInline(slot) ? (
        <p className="mb-1.5 text-pretty text-muted text-xs">{sourceWords('inline', slot)}</p>
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
        <CertificateFacts inspection={inspections.bySlot[slot.id]} materialIsCertain={!isExisting} />
      ) : null}
      {credential.source === 'new-secret' && slot.form === 'value-from' ? (
        <SecretPlace slot={slot} credential={credential} onChange={change} onLeave={onLeave} />
      ) : null}
    </FieldSet>
  );
}

/** Some releases leave no choice: a key or a password can only stand in the plane itself. */
function keepsSecretInline({ form, purpose }: CredentialSlot): boolean {
  return form !== 'value-from' && !isCertificatePurpose(purpose);
}

function sourceWords(source: CredentialSource, { purpose }: CredentialSlot): string {
  switch (source) {
    case 'new-secret':
      return 'Planeboard writes it into a new Secret of the control plane, and the plane refers to that.';
    case 'existing-secret':
      return 'The plane refers to a key of a Secret that is there, or will be.';
    case 'inline':
      return isCertificatePurpose(purpose)
        ? 'It stands in the plane itself, as PEM. A certificate is no secret.'
        : 'It stands in the plane itself: everybody who may read the plane can read it.';
  }
}

/** The material itself. What can be told of its form alone is told at once, not only when the field is left. */
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
  const isKept = stored !== undefined && text.trim() === MASK;
  const { error, warning } = useMessages(path);
  const [taken, setTaken] = useTakeProblem(text);
  const wrongForm = isKept ? null : materialProblem(slot.purpose, text);
  // Findings stand beside the certificate's facts, and once is enough.
  const told = new Set(inspections.answers[slot.id]?.findings.map((finding) => finding.message));
  const untold = (sentences: readonly string[]) => sentences.filter((sentence) => !told.has(sentence));
  const canKeep = !isKept && stored?.inline.has(slot.id) === true;
  const atOnce = wrongForm === null ? [] : [wrongForm];
  const input = { text, onChange };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears that the focus went on.
    <div onBlur={() => onLeave(path)}>
      <Field
        name={fieldKey(path)}
        label={label}
        hideLabel={!canKeep}
        action={
          canKeep ? (
            <Button onClick={() => onChange(MASK)} className="h-6 text-xs">
              Keep what is stored
            </Button>
          ) : undefined
        }
        optional={required ? undefined : true}
        error={taken === undefined ? [...new Set([...atOnce, ...untold(error)])] : [taken]}
        warning={taken === undefined ? untold(warning) : []}
      >
        {(control) => {
          if (isKept) return <KeptSecret control={control} label={label} onReplace={() => onChange('')} />;
          if (isCertificatePurpose(slot.purpose))
            return (
              <CertificateInput
                control={control}
                form={slot.form}
                isRefused={taken !== undefined}
                onProblem={setTaken}
                {...input}
              />
            );
          if (slot.purpose === 'client-key')
            return <PrivateKeyInput control={control} onProblem={setTaken} {...input} />;
          if (slot.purpose === 'other') return <MaskedTextArea control={control} rows={3} {...input} />;
          return <PasswordInput control={control} {...input} />;
        }}
      </Field>
    </div>
  );
}
