'use client';

import { useTakeProblem } from '@/components/fields/certificate-input';
import { PrivateKeyInput } from '@/components/fields/private-key-input';
import { MaskedTextArea, PasswordInput } from '@/components/fields/secret-input';
import { Field } from '@/components/ui/field';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { materialProblem } from '@/lib/plane/credentials/recognise-material';

/** Takes a secret of a slot: a key, a token, a password. What stands there now is never shown. */
export function SecretValueInput({
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
  const [taken, setTaken] = useTakeProblem(text);
  const form = text === '' ? null : materialProblem(slot.purpose, text);
  return (
    <Field
      label={label}
      help={help}
      optional={optional}
      error={[taken ?? form].filter((sentence) => typeof sentence === 'string')}
    >
      {(control) => {
        if (slot.purpose === 'client-key')
          return <PrivateKeyInput control={control} text={text} onChange={onChange} onProblem={setTaken} />;
        if (slot.purpose === 'other')
          return <MaskedTextArea control={control} rows={3} text={text} onChange={onChange} />;
        return <PasswordInput control={control} text={text} onChange={onChange} />;
      }}
    </Field>
  );
}
