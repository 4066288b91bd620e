import { expect } from '@playwright/test';
import type { PlanePage } from '@/e2e/support/plane-page';
import type { DiagnosisFinding, FindingCode } from '@/lib/plane/diagnosis/diagnosis-finding';
import type { PlaneStatus } from '@/testing/control-plane/plane-statuses';
import type { SimulatedPlane } from '@/testing/installation/simulated-planes';

const SEVERITY_LABELS = { error: 'Error: ', warning: 'Warning: ', note: 'Note: ' };

/** A plane that causes a finding, and what its page shows for it. */
export interface FindingCase {
  readonly code: FindingCode;
  readonly plane: SimulatedPlane;
  /** Creates parts of the plane that take time, such as certificates. */
  readonly createParts?: () => Promise<Partial<SimulatedPlane>>;
  /** Other planes that the finding depends on. */
  readonly others?: readonly SimulatedPlane[];
  /** Creates the plane just before its page opens, for findings or texts that last only minutes. */
  readonly createLate?: true;
  /** Status written instead of the controller's just before the page opens, for findings that last only seconds. */
  readonly status?: () => PlaneStatus;
  readonly severity: DiagnosisFinding['severity'];
  readonly title: string;
  /** Matches the evidence. */
  readonly known: RegExp;
  /** Matches text, command or button of a remedy; null if the finding has none. */
  readonly todo: RegExp | null;
}

/** Expects the page to show a finding with its title, evidence and remedy. */
export async function expectFinding(
  planePage: PlanePage,
  { code, severity, title, known, todo }: Omit<FindingCase, 'plane'>,
): Promise<void> {
  const finding = await planePage.finding(code);
  await expect(finding.getByRole('heading', { level: 3 })).toHaveText(`${SEVERITY_LABELS[severity]}${title}`);
  await expect(finding).toContainText(known);
  await expect(finding.getByText('Source: ')).toBeVisible();
  if (todo) {
    await expect(finding.getByRole('list')).toContainText(todo);
    await expect(finding.getByRole('listitem').first()).toBeVisible();
  } else await expect(finding.getByText('What to do')).toHaveCount(0);
}
