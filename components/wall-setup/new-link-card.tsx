'use client';

import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Kbd } from '@/components/ui/kbd';
import { AddressCaution, AddressField, OpenLink } from './address-field';

/** A link with its token, which exists only in this page's memory. */
export interface NewLink {
  readonly name: string;
  readonly url: string;
}

/** A link that was just created. Its address is shown only this once. */
export function NewLinkCard({
  link: { name, url },
  origin,
  isConfigured,
  onDone,
}: {
  readonly link: NewLink;
  readonly origin: string;
  readonly isConfigured: boolean;
  readonly onDone: () => void;
}) {
  return (
    <Card title="The link">
      <div className="grid gap-3">
        <p role="status" className="text-pretty">
          The link <strong className="break-words font-semibold">{name}</strong> is made. Copy it now: it is
          shown this once, and only a fingerprint of it is kept. Open it on the screen, and press <Kbd>f</Kbd>{' '}
          there to fill it.
        </p>
        <AddressField
          label="Link"
          help="Whoever has it sees the wall until it is revoked."
          address={url}
          copyLabel="Copy the link"
          focused
        />
        <AddressCaution origin={origin} isConfigured={isConfigured} />
        <div className="flex flex-wrap gap-2">
          <OpenLink href={url} label="Open it here" />
          <Button variant="outline" onClick={onDone}>
            Done, hide it
          </Button>
        </div>
      </div>
    </Card>
  );
}
