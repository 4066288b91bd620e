import type { Locator, Page } from '@playwright/test';
import { expect, test } from '@/e2e/support/fixtures';
import { LIVE } from '@/e2e/support/fleet-page';
import { PlanePage } from '@/e2e/support/plane-page';
import { MASK } from '@/lib/plane/masking/mask';
import { DAY_MS, HOUR_MS } from '@/lib/plane/time/duration';
import { condition, connectedStatus, lostStatus } from '@/testing/control-plane/plane-statuses';
import type { TestPlane } from '@/testing/control-plane/test-planes';

const PLANE: TestPlane = {
  kind: 'DataPlane',
  namespace: 'acme',
  name: 'shown',
  displayName: 'Shown in full',
  description: 'What the page is about',
  labels: { env: 'prod', region: 'eu-west-1' },
  annotations: { 'acme.example/owner': 'team-shop' },
  planeID: 'shown-cluster',
  spec: {
    gateway: {
      ingress: {
        external: {
          name: 'gateway-default',
          namespace: 'openchoreo-data-plane',
          https: { host: 'apps.example.com', port: 443 },
        },
      },
    },
    observabilityPlaneRef: { kind: 'ObservabilityPlane', name: 'not-there' },
    secretStoreRef: { name: 'vault' },
  },
  status: connectedStatus({ agents: 2, heartbeatAgoMs: 10_000 }),
};
const PATH = '/planes/dataplanes/acme/shown';

/** Finds a card of the page by its title. */
function card(page: Page, title: string): Locator {
  return page.getByRole('region', { name: title, exact: true });
}

/** Finds the value of a term in a description list. */
function fact(within: Locator, term: string): Locator {
  return within
    .locator('dt')
    .filter({ hasText: new RegExp(`^${term}$`) })
    .locator('xpath=following-sibling::dd[1]');
}

/** Opens the page and waits until it is live, when its controls work. */
async function open(page: Page, search = ''): Promise<void> {
  await page.goto(PATH + search);
  await expect(page.getByText(LIVE)).toBeVisible();
}

test('the page shows a plane in full: identity, conditions, spec, labels, annotations, agents and siblings', async ({
  page,
  planes,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const long = `The webhook refused ${'every object of the chart, '.repeat(20)}and said why.`;
  await planes.add(
    {
      ...PLANE,
      status: {
        ...PLANE.status,
        conditions: [
          condition('Created', 'True', 'DataPlaneCreated', 'Data plane is created', 3 * DAY_MS),
          condition('Ready', 'False', 'ProvisioningFailed', long, 5 * HOUR_MS),
          condition('Tidy', 'Unknown', 'NotLooked', '', 20_000),
        ],
      },
    },
    {
      kind: 'ClusterDataPlane',
      name: 'twin',
      displayName: 'Twin',
      planeID: 'shown-cluster',
      status: lostStatus(),
    },
  );
  await open(page);

  await test.step('the header identifies the plane and shows its health, and its link can be copied', async () => {
    await expect(page).toHaveTitle(/^(\d+ \w+ · )?Shown in full · planeboard-demo · Planeboard$/);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Shown in full');
    await expect(page.getByText('shown · Data plane in namespace acme')).toBeVisible();
    await expect(page.getByRole('paragraph').filter({ hasText: 'What the page is about' })).toBeVisible();
    await expect(page.getByRole('main').getByText('Degraded', { exact: true })).toBeVisible();
    const crumbs = page.getByRole('navigation', { name: 'Breadcrumbs' }).getByRole('listitem');
    await expect(crumbs).toHaveText(['Fleet', 'Data planes', 'acme', 'shown']);
    await page.getByRole('button', { name: 'Copy link' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toBeAttached();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
  });

  await test.step('the conditions are listed with status, reason, message and age', async () => {
    const rows = card(page, 'Conditions').getByRole('row');
    await expect(rows).toHaveCount(4);
    await expect(rows.nth(1)).toContainText(/^CreatedTrueDataPlaneCreatedData plane is created.*3 days$/);
    await expect(rows.nth(2)).toContainText('False');
    await expect(rows.nth(2)).toContainText(long);
    await expect(rows.nth(2)).toContainText('5 h');
    await expect(rows.nth(3)).toContainText(/^TidyUnknownNotLooked.*s$/);
  });

  await test.step('the spec is shown with labels and links, and the labels and annotations unchanged', async () => {
    const spec = card(page, 'Spec');
    await expect(fact(spec, 'Plane ID')).toHaveText('shown-cluster');
    await expect(fact(spec, 'Agent CA')).toHaveText('1 certificate, stored in the plane');
    await expect(fact(spec, 'External ingress / HTTPS listener / Host')).toHaveText('apps.example.com');
    await expect(fact(spec, 'Secret store')).toHaveText('vault');
    await expect(spec.getByRole('link', { name: 'not-there' })).toHaveAttribute(
      'href',
      '/planes/observabilityplanes/acme/not-there',
    );
    await expect(card(page, 'Labels')).toHaveText('Labelsenvprodregioneu-west-1');
    await expect(card(page, 'Annotations')).toContainText('acme.example/ownerteam-shop');
  });

  await test.step('the agent connection shows the reported status with ticking ages', async () => {
    const agents = card(page, 'Agent connection');
    await expect(agents).toContainText('Connected · 2 agents connected (HA mode)');
    await expect(fact(agents, 'Agents')).toHaveText('2');
    await expect(fact(agents, 'Last heartbeat')).toHaveText(
      /^\d+ s ago · \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/,
    );
    await expect(fact(agents, 'Connection noticed')).toHaveText(/^2 days ago/);
    const heartbeat = fact(agents, 'Last heartbeat').getByRole('time').first();
    const before = await heartbeat.textContent();
    await expect(heartbeat).not.toHaveText(before ?? '');
  });

  await test.step('siblings are linked, each with its health', async () => {
    const same = card(page, 'Same cluster');
    await expect(same).toContainText('One other plane of this role uses planeID shown-cluster.');
    await expect(same.getByRole('listitem')).toHaveText(/^Disconnected: TwinCluster data plane$/);
    await same.getByRole('link', { name: 'Twin' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Twin');
    await expect(page).toHaveURL(/\/planes\/clusterdataplanes\/twin$/);
  });
});

test.describe('an open page', () => {
  // The page may fetch a changed plane that is deleted before the feed delivers the deletion.
  test.use({ expectedErrors: [/Failed to load resource: .*404/] });

  test('follows the plane: its diagnosis, its agents, its YAML and its deletion', async ({
    page,
    planes,
    context,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await planes.add(PLANE);
    await open(page);
    const yaml = page.getByRole('region', { name: 'YAML of this plane' });

    await test.step('the page explains why a plane is degraded, and why it is healthy', async () => {
      const why = card(page, 'Diagnosis');
      const missing = why.locator('[data-finding="reference-missing"]');
      await expect(missing).toContainText(
        'ObservabilityPlane "not-there", which this plane refers to, doesn\'t exist.',
      );
      await planes.patch(PLANE, { spec: { observabilityPlaneRef: null } });
      await expect(missing).toHaveCount(0);
      await expect(why.getByText('No known problems')).toBeVisible();
      await expect(why.getByText(/^The agent is connected\. Last heartbeat \d+ s ago\.$/)).toBeVisible();
      await expect(page.getByRole('main').getByText('Healthy', { exact: true })).toBeVisible();
    });

    await test.step('both cards agree on the planeID, also when it comes from the name', async () => {
      const ids = ['Resource', 'Spec'].map((title) => fact(card(page, title), 'Plane ID'));
      for (const id of ids) await expect(id).toHaveText('shown-cluster');
      await planes.patch(PLANE, { spec: { planeID: null } });
      for (const id of ids)
        await expect(id).toHaveText(/^shown( \(the plane's name, because it isn't set\))?$/);
      await planes.patch(PLANE, { spec: { planeID: PLANE.planeID } });
      for (const id of ids) await expect(id).toHaveText('shown-cluster');
    });

    await test.step('the agent connection shows the loss of the agents', async () => {
      const agents = card(page, 'Agent connection');
      await planes.setStatus(PLANE, lostStatus(HOUR_MS));
      await expect(agents).toContainText('Not connected · No agents connected');
      await expect(fact(agents, 'Disconnection noticed')).toHaveText(/^1 h ago/);
    });

    await test.step('an annotation with data is shown on request, its secrets masked', async () => {
      const data = JSON.stringify({ size: 3, password: 'canary-of-data' });
      await planes.patch(PLANE, { metadata: { annotations: { 'acme.example/data': data } } });
      const annotations = card(page, 'Annotations');
      await expect(annotations).toContainText(`${data.length} bytes, not shown`);
      await annotations.getByRole('button', { name: 'Show acme.example/data' }).click();
      await expect(annotations.locator('pre')).toContainText('"size": 3');
      await expect(annotations.locator('pre')).toContainText(MASK);
      await expect(page.locator('body')).not.toContainText('canary-of-data');
    });

    await test.step('the YAML tab shows the stored resource without bookkeeping, and can be copied', async () => {
      const canary = 'canary-of-last-applied';
      await planes.patch(PLANE, {
        metadata: {
          annotations: {
            'acme.example/note': 'applied',
            'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({ spec: { token: canary } }),
          },
        },
      });
      await page.getByRole('tab', { name: 'YAML' }).click();
      await expect(page).toHaveURL(/\?tab=yaml$/);
      await expect(yaml).toContainText('planeID: shown-cluster');
      await expect(yaml).toContainText('acme.example/note: applied');
      await page.getByRole('button', { name: 'Copy YAML' }).click();
      await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toBeAttached();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      expect(copied).toContain('openchoreo.dev/display-name: Shown in full');
      for (const hidden of [canary, 'managedFields', 'last-applied']) {
        expect(copied).not.toContain(hidden);
        await expect(yaml).not.toContainText(hidden);
      }
    });

    await test.step('the YAML tab has its own URL, and shows a changed spec', async () => {
      await page.reload();
      await expect(page.getByText(LIVE)).toBeVisible();
      await expect(yaml).toContainText('planeID: shown-cluster');
      await expect(yaml).toContainText('name: vault');
      await planes.patch(PLANE, { spec: { secretStoreRef: { name: 'other-store' } } });
      await expect(yaml).toContainText('name: other-store');
    });

    await test.step('a deleted plane is marked as deleted and stays visible as last known', async () => {
      await page.getByRole('tab', { name: 'Overview' }).click();
      await expect(page.getByRole('button', { name: 'Actions' })).toBeVisible();
      await planes.remove(PLANE);
      await expect(page.getByRole('alert').filter({ hasText: 'has been deleted' })).toContainText(
        'Shown in full has been deleted. This page shows its last known state.',
      );
      await expect(page.getByText('Deleted', { exact: true })).toBeVisible();
      await expect(page.getByRole('button', { name: 'Actions' })).toHaveCount(0);
      await expect(card(page, 'Spec')).toContainText('shown-cluster');
    });
  });
});

test('an unreadable resource has a page that reports the problem', async ({ page, planes }) => {
  const noSpec: TestPlane = { kind: 'DataPlane', namespace: 'acme', name: 'no-spec', spec: null };
  await planes.add(noSpec);
  await new PlanePage(page).open(noSpec);
  await expect(page.getByRole('main').getByText('Unknown', { exact: true })).toBeVisible();
  await expect(card(page, 'Diagnosis').getByRole('listitem').first()).toContainText(
    'The resource has no spec.',
  );
  await page.getByRole('tab', { name: 'YAML' }).click();
  await expect(page.getByRole('region', { name: 'YAML of this plane' })).toContainText('name: no-spec');
});

test.describe("a page that doesn't exist", () => {
  test.use({ expectedErrors: [/Failed to load resource: .*404/] });

  test('answers 404 for an unknown name or kind, a cluster kind with a namespace, and a path traversal', async ({
    page,
  }) => {
    for (const path of [
      '/planes/dataplanes/acme/nobody',
      '/planes/toasters/acme/shown',
      '/planes/clusterdataplanes/acme/shown',
      '/planes/dataplanes/acme/..%2F..%2Fsecrets',
    ]) {
      await test.step(path, async () => {
        const response = await page.goto(path);
        expect(response?.status()).toBe(404);
        await expect(page.getByText('404')).toBeVisible();
        await expect(page.getByRole('heading', { name: /^(Plane|Page) not found$/ })).toBeVisible();
      });
    }
  });
});
