import { expect } from '@playwright/test';
import type { PlanePage } from '@/e2e/support/plane-page';
import type { ExpectedFinding } from '@/testing/installation/findings/finding-case';

const SEVERITY_LABELS = { error: 'Error: ', warning: 'Warning: ', note: 'Note: ' };

/** Expects the page to show a finding with its title, evidence and remedy. */
export async function expectFinding(
  planePage: PlanePage,
  { code, severity, title, known, todo }: ExpectedFinding,
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
