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
 * A password or token, hidden until you show it. React writes the value of an input that it controls into the
 * `value` attribute, where every copy of the document's HTML has it; so the text goes in as a property only.
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
        // "off" is not heeded for passwords: browsers would fill in the one of this site.
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

/** Several secret lines. `masked`: false where the text turned out to be no secret. */
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
  // After every render: typed text that was rejected must not stay in the input.
  useLayoutEffect(() => {
    const element = ref.current;
    if (element && element.value !== text) element.value = text;
  });
}
