'use client';

import { ExternalLink } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { buttonClass } from '@/components/ui/button';
import { TextInput } from '@/components/ui/controls';
import { CopyButton } from '@/components/ui/copy-button';
import { Field } from '@/components/ui/field';
import { IconLine } from '@/components/ui/notice';
import { linkCaution } from '@/lib/plane/wall/link-caution';

/** An address to copy, with the button or, in browsers without a clipboard, by hand. */
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
  /** Whether it takes the focus when it appears, as the result of a person's action. */
  readonly focused?: boolean;
}) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!focused || !input.current) return;
    input.current.focus({ preventScroll: true });
    // Centred, so the text before it and the actions after it are visible too.
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
            // Backwards, so the field shows the beginning of a long address and not its end.
            onFocus={({ currentTarget }) => currentTarget.setSelectionRange(0, address.length, 'backward')}
          />
          <CopyButton showLabel label={copyLabel} text={address} className="h-9" />
        </span>
      )}
    </Field>
  );
}

/** Opens a wall in a new tab beside the page that sets it up. */
export function OpenLink({ href, label }: { readonly href: string; readonly label: string }) {
  return (
    <a href={href} target="_blank" rel="noopener" className={buttonClass('outline')}>
      {label}
      <ExternalLink size={13} aria-hidden="true" />
      <span className="sr-only"> in a new tab</span>
    </a>
  );
}

const CAUTIONS = {
  'this-machine-only':
    'This address works only on this machine. For other screens, open this page under the host name that they use for Planeboard, or set PLANEBOARD_URL.',
  'no-cookie':
    "Over plain HTTP, screens don't keep the link's cookie. Serve Planeboard over TLS. If you do want plain HTTP, set PLANEBOARD_URL to an address that begins with http://.",
} as const;

/** Warns if a link may not work on the screen that it's meant for. */
export function AddressCaution({
  origin,
  isConfigured,
}: {
  readonly origin: string;
  readonly isConfigured: boolean;
}) {
  const caution = linkCaution(origin, isConfigured);
  return caution === null ? null : <IconLine tone="warning">{CAUTIONS[caution]}</IconLine>;
}
