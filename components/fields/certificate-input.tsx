'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import type { ControlProps } from '@/components/ui/field';
import { correctionPhrases, correctMaterial } from '@/lib/plane/credentials/correct-material';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import {
  materialProblem,
  recogniseMaterial,
  withoutPrivateKeys,
} from '@/lib/plane/credentials/recognise-material';
import { joinList } from '@/lib/plane/model/text';
import { FileDrop } from './file-drop';
import { MATERIAL_LIMIT_BYTES, pasteProblem } from './read-file';
import { SecretTextArea } from './secret-input';

/**
 * Input for a certificate, pasted, typed, dropped or chosen, as PEM or base64 of PEM. Masks a private key in the text
 * and offers to remove it.
 * @param onProblem receives why an input was rejected as a whole, such as a binary file; the text doesn't change
 */
export function CertificateInput({
  control,
  form,
  text,
  isRejected,
  onChange,
  onProblem,
}: {
  readonly control: ControlProps;
  readonly form: CredentialSlot['form'];
  readonly text: string;
  /** The last input was rejected; hides the hint about the previous text, which would seem to describe that input. */
  readonly isRejected: boolean;
  readonly onChange: (text: string) => void;
  readonly onProblem: (problem: string) => void;
}) {
  const take = (next: string) => {
    const tooLarge = pasteProblem(next, MATERIAL_LIMIT_BYTES);
    if (tooLarge === null) onChange(next);
    else onProblem(tooLarge);
  };
  const removeKey = () => {
    onChange(withoutPrivateKeys(text));
    // The focused button disappears with the key.
    document.getElementById(control.id)?.focus();
  };
  const { form: found } = recogniseMaterial(text);
  const isKey = found === 'private-key';
  return (
    <FileDrop
      limitBytes={MATERIAL_LIMIT_BYTES}
      onText={take}
      onProblem={onProblem}
      beside={
        isKey ? (
          <>
            <Button onClick={removeKey}>Remove private key</Button>
            <span>It hasn't been sent anywhere.</span>
          </>
        ) : isRejected ? (
          ''
        ) : (
          recognisedText(text, form)
        )
      }
    >
      <SecretTextArea
        control={control}
        masked={isKey || found === 'kubeconfig'}
        rows={5}
        text={text}
        placeholder={'-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----'}
        onChange={take}
      />
    </FileDrop>
  );
}

const STILL_SET = 'Your previous input is unchanged and still used.';

/** How the text was recognised, and the format in which it is written if that differs. */
function recognisedText(text: string, form: CredentialSlot['form']): string {
  const material = recogniseMaterial(text);
  const asBase64 = form === 'base64';
  switch (material.form) {
    case 'empty':
      return 'Or drop a file here, or paste PEM or base64.';
    case 'pem-certificates':
      return `Detected: PEM, ${certificates(material.count)}.${asBase64 ? ' Stored as base64, as this release requires.' : ''}${correctionText(text)}`;
    case 'base64-pem':
      return `Detected: base64, ${certificates(material.count)}.${asBase64 ? '' : ' Stored as PEM.'}${correctionText(text)}`;
    default:
      return '';
  }
}

/** What is corrected before the text is stored; empty if nothing is, or if it's rejected anyway. */
function correctionText(text: string): string {
  if (materialProblem('agent-ca', text) !== null) return '';
  const corrections = correctionPhrases(correctMaterial(text).corrections);
  return corrections.length === 0 ? '' : ` Corrected before it's stored: ${joinList(corrections)}.`;
}

function certificates(count: number): string {
  return count === 1 ? '1 certificate' : `${count} certificates`;
}

/**
 * The problem of an input that was rejected as a whole, such as a binary file, until the text changes. If the field
 * already has a text, the problem adds that this text is still set.
 */
export function useInputProblem(text: string): readonly [string | undefined, (problem: string) => void] {
  const [problem, setProblem] = useState<{ readonly about: string; readonly sentence: string } | null>(null);
  const rejection = problem?.about === text ? problem.sentence : undefined;
  const shown = rejection === undefined || text === '' ? rejection : `${rejection} ${STILL_SET}`;
  return [shown, (sentence) => setProblem({ about: text, sentence })];
}
