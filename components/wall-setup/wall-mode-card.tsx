'use client';

import { Card } from '@/components/ui/card';
import { type WallAddress, wallUrl } from '@/lib/plane/wall/wall-address';
import { AddressField } from './address-field';
import { WrongNote } from './wall-setup-notes';

/** How a screen that has its link already is made to show something else. */
export function WallModeCard({
  origin,
  address,
  isValid,
}: {
  readonly origin: string;
  readonly address: WallAddress;
  /** Whether the form has nothing wrong in it. */
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
      {isValid ? null : <WrongNote />}
    </Card>
  );
}
