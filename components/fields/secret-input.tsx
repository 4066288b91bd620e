'use client';

import { Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, useLayoutEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { TextArea, TextInput } from '@/components/ui/controls';
import type { ControlProps } from '@/components/ui/field';

interface SecretProps {
  readonly control: ControlProps;
  readonly text: string;
  readonly onChange: (text: string) => void;
}

/**
 * Input for a password or token, hidden until you show it. React writes the value of a controlled input into the
 * `value` attribute, which ends up in every copy of the document's HTML, so the text is set only as a property.
 */
export function PasswordInput({ control, text, onChange }: SecretProps) {
  const ref = useRef<HTMLInputElement>(null);
  const [shown, setShown] = useState(false);
  useValueProperty(ref, text);
  const Icon = shown ? EyeOff : Eye;
  return (
    <span className="relative block">
      <TextInput
        {...control}
        ref={ref}
        mono
        type={shown ? 'text' : 'password'}
        // Browsers ignore "off" for passwords and would fill in the one saved for this site.
        autoComplete="new-password"
        className="pr-10"
        onChange={(event) => onChange(event.target.value)}
      />
      <Button
        icon
        aria-label={shown ? 'Hide' : 'Show'}
        aria-pressed={shown}
        className="absolute top-0.5 right-0.5"
        onClick={() => setShown(!shown)}
      >
        <Icon size={14} aria-hidden="true" />
      </Button>
    </span>
  );
}

/** A multi-line secret. @param masked false if the text turned out not to be secret */
export function SecretTextArea({
  control,
  text,
  onChange,
  masked = true,
  ...rest
}: SecretProps & Pick<ComponentProps<'textarea'>, 'placeholder' | 'rows'> & { readonly masked?: boolean }) {
  const ref = useRef<HTMLTextAreaElement>(null);
  useValueProperty(ref, text);
  return (
    <TextArea
      {...control}
      {...rest}
      ref={ref}
      mono
      className={masked ? '[-webkit-text-security:disc]' : undefined}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

function useValueProperty(
  ref: React.RefObject<HTMLInputElement | HTMLTextAreaElement | null>,
  text: string,
): void {
  // Runs after every render, so that rejected text doesn't stay in the input.
  useLayoutEffect(() => {
    const element = ref.current;
    if (element && element.value !== text) element.value = text;
  });
}
