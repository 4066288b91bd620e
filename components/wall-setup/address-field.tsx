'use client';

import { type ReactNode, useEffect, useRef } from 'react';
import { TextInput } from '@/components/ui/controls';
import { CopyButton } from '@/components/ui/copy-button';
import { Field } from '@/components/ui/field';

/** An address to take along: to be copied with the button or, where the browser has no clipboard, by hand. */
export function AddressField({
  label,
  help,
  address,
  copyLabel,
  focused = false,
}: {
  readonly label: string;
  readonly help?: ReactNode;
  readonly address: string;
  readonly copyLabel: string;
  /** Whether it gets the focus when it comes, as the answer to what somebody did. */
  readonly focused?: boolean;
}) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!focused || !input.current) return;
    input.current.focus({ preventScroll: true });
    // With what stands around it: its words come before it, and what can be done with it after.
    input.current.scrollIntoView({ block: 'center' });
  }, [focused]);
  return (
    <Field label={label} help={help}>
      {(control) => (
        <span className="flex flex-wrap gap-2">
          <TextInput
            {...control}
            ref={input}
            readOnly
            mono
            value={address}
            className="w-auto flex-1 basis-60"
            // Backwards, so that the beginning of a long address is seen and not its end.
            onFocus={({ currentTarget }) => currentTarget.setSelectionRange(0, address.length, 'backward')}
          />
          <CopyButton showLabel label={copyLabel} text={address} className="h-9" />
        </span>
      )}
    </Field>
  );
}
