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
    <Card title="The wall's address">
      <div className="grid gap-3">
        <p className="text-pretty">
          Walls are open here (PLANEBOARD_WALL=open): everybody who reaches this server sees them. Open the
          address on the screen, and press <Kbd>f</Kbd> there to fill it.
        </p>
        <AddressField label="Address" address={url} copyLabel="Copy the address" />
        {isValid ? null : <InvalidFormNote />}
        <AddressCaution origin={origin} isConfigured={isConfigured} />
        <div>
          <OpenLink href={url} label="Open the wall" />
        </div>
      </div>
    </Card>
  );
}

/** The address that makes a screen with a link show something else. */
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
    <Card title="A screen that is let in already">
      <AddressField
        label="Address without a link"
        help="Open it on the screen to have it show what is chosen here. It shows nothing that the screen's own link does not let it show."
        address={wallUrl(origin, address)}
        copyLabel="Copy the address"
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
        Something in the form is wrong, as it says there: this address has a wall's default in its place, or
        shows nothing.
      </IconLine>
    </div>
  );
}
