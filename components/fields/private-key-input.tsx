'use client';

import { KeyRound } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import type { ControlProps } from '@/components/ui/field';
import { materialProblem } from '@/lib/plane/credentials/recognise-material';
import { FileDrop } from './file-drop';
import { MATERIAL_LIMIT_BYTES, pasteProblem } from './read-file';
import { SecretTextArea } from './secret-input';

/**
 * Input for a private key. Once the text is a valid key, shows only its length and buttons to replace or remove it.
 */
export function PrivateKeyInput({
  control,
  text,
  onChange,
  onProblem,
}: {
  readonly control: ControlProps;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly onProblem: (problem: string) => void;
}) {
  const [isReplacing, setReplacing] = useState(false);
  const isKey = text.trim() !== '' && materialProblem('client-key', text) === null;
  const isFolded = isKey && !isReplacing;
  const [box, keepFocus] = useFocusAfterFolding(isFolded);
  const take = (next: string) => {
    const tooLarge = pasteProblem(next, MATERIAL_LIMIT_BYTES);
    if (tooLarge !== null) return onProblem(tooLarge);
    keepFocus();
    onChange(next);
    setReplacing(false);
  };
  const cancel = () => {
    keepFocus();
    setReplacing(false);
  };
  const replace = () => {
    keepFocus();
    setReplacing(true);
  };
  const remove = () => {
    keepFocus();
    onChange('');
  };
  return (
    <div ref={box}>
      {isFolded ? (
        <div className="flex min-h-9 flex-wrap items-center gap-2 rounded-md border border-line-strong bg-neutral-soft py-1 pr-1 pl-2.5">
          <KeyRound size={14} aria-hidden="true" className="text-muted" />
          <span className="min-w-0 flex-1">Private key, {text.trim().length} characters</span>
          <Button
            data-focus
            id={control.id}
            aria-describedby={control['aria-describedby']}
            // Without this, screen readers announce the field's label instead of what the button does.
            aria-label="Replace the private key"
            onClick={replace}
          >
            Replace
          </Button>
          <Button aria-label="Remove the private key" onClick={remove}>
            Remove
          </Button>
        </div>
      ) : (
        <FileDrop
          limitBytes={MATERIAL_LIMIT_BYTES}
          onText={take}
          onProblem={onProblem}
          beside={
            isKey ? (
              <Button onClick={cancel}>Keep current key</Button>
            ) : (
              'Or drop a file here, or paste PEM or base64.'
            )
          }
        >
          <SecretTextArea
            control={control}
            rows={4}
            placeholder="-----BEGIN PRIVATE KEY-----"
            // The key being replaced isn't shown again, not even masked.
            text={isKey ? '' : text}
            onChange={take}
          />
        </FileDrop>
      )}
    </div>
  );
}

/** Folding or unfolding removes the focused element, so the focus moves to the element that replaces it. */
function useFocusAfterFolding(isFolded: boolean) {
  const box = useRef<HTMLDivElement>(null);
  const shouldFocus = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs only when the input is folded or unfolded.
  useEffect(() => {
    if (shouldFocus.current) box.current?.querySelector<HTMLElement>('[data-focus], textarea')?.focus();
    shouldFocus.current = false;
  }, [isFolded]);
  const keepFocus = () => {
    shouldFocus.current = box.current?.contains(document.activeElement) ?? false;
  };
  return [box, keepFocus] as const;
}
