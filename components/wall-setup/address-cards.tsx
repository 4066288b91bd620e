'use client';

import { Card } from '@/components/ui/card';
import { Kbd } from '@/components/ui/kbd';
import { IconLine } from '@/components/ui/notice';
import { type WallAddress, wallUrl } from '@/lib/plane/wall/wall-address';
import { AddressCaution, AddressField, OpenLink } from './address-field';

/** The address of an open wall: a screen needs nothing else. */
export function OpenWallCard({
  origin,
  isConfigured,
  address,
  isValid,
}: {
  readonly origin: string;
  /** Whether PLANEBOARD_URL sets the origin. */
  readonly isConfigured: boolean;
  readonly address: WallAddress;
  /** Whether the form has no errors. */
  readonly isValid: boolean;
}) {
  const url = wallUrl(origin, address);
  return (
    <Card title="Wall address">
      <div className="grid gap-3">
        <p className="text-pretty">
          Walls are open (PLANEBOARD_WALL=open): anyone who can reach this server can see them. Open the
          address on the screen and press <Kbd>f</Kbd> for full screen.
        </p>
        <AddressField label="Address" address={url} copyLabel="Copy address" />
        {isValid ? null : <InvalidFormNote />}
        <AddressCaution origin={origin} isConfigured={isConfigured} />
        <div>
          <OpenLink href={url} label="Open wall" />
        </div>
      </div>
    </Card>
  );
}

/** The address that makes a screen with a link show other planes. */
export function WallModeCard({
  origin,
  address,
  isValid,
}: {
  readonly origin: string;
  readonly address: WallAddress;
  /** Whether the form has no errors. */
  readonly isValid: boolean;
}) {
  return (
    <Card title="Screens that already have a link">
      <AddressField
        label="Address without a link"
        help="Open it on a screen to show what you chose here. The limits of the screen's own link still apply."
        address={wallUrl(origin, address)}
        copyLabel="Copy address"
      />
      {isValid ? null : <InvalidFormNote />}
    </Card>
  );
}

/** Warns that the form behind the address has an invalid field. */
function InvalidFormNote() {
  return (
    <div role="status" className="mt-2">
      <IconLine tone="warning">
        The form has errors. This address uses defaults for those fields, or the wall shows nothing.
      </IconLine>
    </div>
  );
}
