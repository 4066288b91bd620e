'use client';

import { ExternalLink } from 'lucide-react';
import { buttonClass } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Kbd } from '@/components/ui/kbd';
import { type WallAddress, wallUrl } from '@/lib/plane/wall/wall-address';
import { AddressField } from './address-field';
import { CautionNote } from './caution-note';
import { WrongNote } from './wall-setup-notes';

/** Where walls are open: the address is all that a screen needs. */
export function OpenWallCard({
  origin,
  isConfigured,
  address,
  isValid,
}: {
  readonly origin: string;
  /** Whether PLANEBOARD_URL says the origin. */
  readonly isConfigured: boolean;
  readonly address: WallAddress;
  /** Whether the form has nothing wrong in it. */
  readonly isValid: boolean;
}) {
  const url = wallUrl(origin, address);
  return (
    <Card title="The wall's address">
      <div className="grid gap-3">
        <p className="text-pretty">
          Walls are open here (PLANEBOARD_WALL=open): everybody who reaches this server sees them. Open the
          address on the screen, and press <Kbd>f</Kbd> there to fill it.
        </p>
        <AddressField label="Address" address={url} copyLabel="Copy the address" />
        {isValid ? null : <WrongNote />}
        <CautionNote origin={origin} isConfigured={isConfigured} />
        <div>
          <OpenLink href={url} words="Open the wall" />
        </div>
      </div>
    </Card>
  );
}

/** Opens a wall in a tab of its own, beside the page that it is set up on. */
export function OpenLink({ href, words }: { readonly href: string; readonly words: string }) {
  return (
    <a href={href} target="_blank" rel="noopener" className={buttonClass('outline')}>
      {words}
      <ExternalLink size={13} aria-hidden="true" />
      <span className="sr-only"> in a new tab</span>
    </a>
  );
}
