import type { Locator, Page } from '@playwright/test';
import { MAINTENANCE_REASON_ANNOTATION, MAINTENANCE_UNTIL_ANNOTATION } from '@/lib/plane/model/maintenance';
import { formatRfc3339 } from '@/lib/plane/time/age';
import type { SimulatedInstallation } from '@/testing/installation/simulated-installation';
import type { SimulatedPlane } from '@/testing/installation/simulated-planes';

/** A plane's maintenance as a user sees it on its page: the notice, and the dialog that sets it. */
export class MaintenancePage {
  readonly notice: Locator;
  readonly dialog: Locator;
  readonly reason: Locator;
  readonly exact: Locator;

  constructor(readonly page: Page) {
    this.notice = page.getByRole('region', { name: 'Maintenance', exact: true });
    this.dialog = page.getByRole('dialog', { name: /maintenance$/ });
    this.reason = this.dialog.getByLabel('Reason');
    this.exact = this.dialog.getByLabel('Date and time', { exact: true }).last();
  }

  /** Selects one of the options for the end. */
  async choose(end: string): Promise<void> {
    await this.dialog.getByText(end, { exact: true }).first().click();
  }

  /** Clicks the button that saves, which has a different label for a new and an existing maintenance. */
  async submit(): Promise<void> {
    await this.dialog.getByRole('button', { name: /^(Set maintenance|Save)$/ }).click();
  }
}

/** A time in the future, in the annotations' format. */
export function timeIn(ms: number): string {
  return formatRfc3339(Date.now() + ms);
}

/** Writes the annotations as kubectl would. */
export async function annotateMaintenance(
  installation: SimulatedInstallation,
  plane: SimulatedPlane,
  until: string | null,
  reason: string | null = null,
): Promise<void> {
  await installation.patch(plane, {
    metadata: {
      annotations: { [MAINTENANCE_UNTIL_ANNOTATION]: until, [MAINTENANCE_REASON_ANNOTATION]: reason },
    },
  });
}

/** Returns the plane's maintenance annotations from the API server; undefined if not set. */
export async function maintenanceOf(installation: SimulatedInstallation, plane: SimulatedPlane) {
  const { annotations = {} } = (await installation.read(plane)).metadata;
  return {
    until: annotations[MAINTENANCE_UNTIL_ANNOTATION],
    reason: annotations[MAINTENANCE_REASON_ANNOTATION],
  };
}
