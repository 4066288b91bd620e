import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

export interface Finding {
  readonly rule: string;
  readonly help: string;
  readonly where: readonly string[];
}

/** Everything that axe finds on the page as it stands, by WCAG 2.2 AA and its best practices. */
export async function axeFindings(page: Page): Promise<Finding[]> {
  const { violations, passes } = await new AxeBuilder({ page }).analyze();
  expect(passes.length, 'axe looked at something.').toBeGreaterThan(10);
  return violations.map(({ id, help, nodes }) => ({
    rule: id,
    help,
    where: nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
  }));
}
