'use client';

import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Kbd } from '@/components/ui/kbd';
import { formatUtc } from '@/lib/plane/time/age';
import { AddressCaution, AddressField, OpenLink } from './address-field';

/** A link with its token, which exists only in this page's memory. */
export interface NewLink {
  readonly name: string;
  readonly url: string;
  readonly endsAt: string;
}

/** A link that was just created. Its address is shown only this once. */
export function NewLinkCard({
  link: { name, url, endsAt },
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
    <Card title="New wall link">
      <div className="grid gap-3">
        <p role="status" className="text-pretty">
          The link <strong className="break-words font-semibold">{name}</strong> was created. Copy it now:
          it's shown only once, because Planeboard stores only its hash. Open it on the screen and press{' '}
          <Kbd>f</Kbd> for full screen.
        </p>
        <AddressField
          label="Link"
          help={`Anyone with this link can see the wall until ${formatUtc(Date.parse(endsAt))}, or until you revoke it.`}
          address={url}
          copyLabel="Copy link"
          focused
        />
        <AddressCaution origin={origin} isConfigured={isConfigured} />
        <div className="flex flex-wrap gap-2">
          <OpenLink href={url} label="Open link" />
          <Button variant="outline" onClick={onDone}>
            Hide link
          </Button>
        </div>
      </div>
    </Card>
  );
}
