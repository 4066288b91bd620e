import { loseAnswers } from '@/e2e/support/lose-answers';
import { PlanePage } from '@/e2e/support/plane-page';
import { expect, test } from '@/e2e/support/plane-test';
import { HOUR_MS, SECOND_MS } from '@/lib/plane/time/duration';
import { grant } from '@/testing/control-plane/kube-objects';
import { condition, connectedStatus, lostStatus, timeAgo } from '@/testing/control-plane/plane-statuses';
import type { SimulatedInstallation } from '@/testing/installation/simulated-installation';
import { connectedPlane, type SimulatedPlane } from '@/testing/installation/simulated-planes';

const NAMESPACE = 'events-and-history';
const LONG_WAIT = { timeout: 30_000 };
/** The server's limit of history entries for each plane. */
const MAX_ENTRIES = 50;

/** Creates an Event about a plane, as a controller would. */
async function createEvent(
  installation: SimulatedInstallation,
  { name, namespace }: SimulatedPlane,
  { reason, agoMs = SECOND_MS, count = 1 }: { reason: string; agoMs?: number; count?: number },
): Promise<void> {
  const { metadata } = await installation.kube.get<{ metadata: { uid: string } }>(
    `/apis/openchoreo.dev/v1alpha1/namespaces/${namespace}/dataplanes/${name}`,
  );
  await installation.kube.post(`/api/v1/namespaces/${namespace}/events`, {
    metadata: { name: `${name}.${reason.toLowerCase()}` },
    involvedObject: {
      apiVersion: 'openchoreo.dev/v1alpha1',
      kind: 'DataPlane',
      namespace,
      name,
      uid: metadata.uid,
    },
    type: reason === 'Failed' ? 'Warning' : 'Normal',
    reason,
    message: `What ${reason} means.`,
    source: { component: 'dataplane-controller' },
    count,
    firstTimestamp: timeAgo(HOUR_MS),
    lastTimestamp: timeAgo(agoMs),
  });
}

function frozenPlane(name: string): SimulatedPlane & { namespace: string } {
  return { ...connectedPlane(name, { frozen: true }), namespace: NAMESPACE };
}

test('events and history of a plane arrive live: newest first, with the deletion, and truncated', async ({
  installation,
  planePage,
}) => {
  const plane = frozenPlane('eventful');
  await installation.add(plane);
  await createEvent(installation, plane, { reason: 'Reconciled', agoMs: 60 * SECOND_MS });
  await planePage.open(plane, '?tab=events');

  await test.step('events arrive live, newest first, with their source and count', async () => {
    const events = planePage.card('Events').getByRole('listitem');
    await expect(events).toHaveCount(1);
    await expect(events.first()).toContainText('What Reconciled means.');
    await createEvent(installation, plane, { reason: 'Failed', count: 3 });
    await expect(events).toHaveCount(2);
    await expect(events.first()).toContainText('Warning');
    await expect(events.first()).toContainText('3 times');
    await expect(events.first()).toContainText('dataplane-controller');
    await expect(events.last()).toContainText('Reconciled');
  });

  await planePage.tab('History');
  const history = planePage.card('History');
  const entries = history.getByRole('listitem');
  const specChanges = entries.filter({ hasText: 'Spec changed' });

  await test.step('the history shows when it begins, and new entries as they happen', async () => {
    await expect(history).toContainText(
      /Recorded by this server since \d{4}-\d\d-\d\d .* UTC\. Earlier changes aren't known/,
    );
    await expect(entries.last()).toContainText(/First seen/);
    await expect(history).not.toContainText('Older entries were removed');
    await installation.setStatus(plane, lostStatus(SECOND_MS));
    // Absolute times, because an age in an entry would never advance.
    await expect(
      entries.filter({ hasText: /Disconnected, was .*: Agent disconnected (at|between) \d{4}-/ }),
    ).toHaveCount(1);
    await installation.patch(plane, { spec: { secretStoreRef: { name: 'other' } } });
    await expect(entries.first()).toContainText(
      'Spec changed by field manager kubectl-edit: spec.secretStoreRef.name (added). Generation 2, was 1.',
    );
    await expect(entries.last()).toContainText(/First seen/);
  });

  await test.step('a deletion that waits for a finalizer is an entry, and not a change of the spec', async () => {
    await installation.patch(plane, { metadata: { finalizers: ['example.com/slow'] } });
    await installation.kube.delete(
      `/apis/openchoreo.dev/v1alpha1/namespaces/${NAMESPACE}/dataplanes/${plane.name}`,
    );
    await expect(entries.filter({ hasText: 'Deletion requested at' })).toHaveCount(1);
    await expect(specChanges).toHaveCount(1);
  });

  await test.step('a truncated history reports that older entries were removed', async () => {
    const steps = Array.from({ length: MAX_ENTRIES }, (_, index) => `Step${index + 1}`);
    const conditions = steps.map((type) => condition(type, 'True', 'Done', 'It is done.', SECOND_MS));
    await installation.setStatus(plane, { ...connectedStatus(), conditions });
    await expect(history).toContainText('Only the newest entries are kept.');
    await expect(entries).toHaveCount(MAX_ENTRIES);
    await expect(history).not.toContainText('First seen');
    await expect(history).toContainText('Older entries were removed.');
    await installation.patch(plane, { spec: { secretStoreRef: { name: 'another' } } });
    await expect(entries.first()).toContainText(
      'Spec changed by field manager kubectl-edit: spec.secretStoreRef.name. Generation 4, was 3.',
    );
    await expect(entries).toHaveCount(MAX_ENTRIES);
  });
  await installation.patch(plane, { metadata: { finalizers: null } });
});

test("a user who can't see events sees which permission is missing, and the events once it is granted", async ({
  installation,
  startServer,
  page,
}) => {
  const plane = frozenPlane('behind-a-curtain');
  await installation.add(plane);
  await createEvent(installation, plane, { reason: 'Reconciled' });
  const user = await installation.demo.controlPlane.addUser({ name: 'without-events' });
  await grant(installation.kube, 'without-events', [
    { apiGroups: ['openchoreo.dev'], resources: ['dataplanes'], verbs: ['get', 'list', 'watch'] },
  ]);
  const server = await startServer({ kubeconfigPath: user.kubeconfigPath });
  const planePage = new PlanePage(page, server.url);
  await planePage.open(plane, '?tab=events');
  const card = planePage.card('Events');
  await expect(card.getByRole('status')).toHaveText(
    /^You can't see this plane's events\. Ask an administrator for permission to list and watch events in namespace events-and-history\.$/,
  );
  await expect(card.getByRole('listitem')).toHaveCount(0);
  const events = [{ apiGroups: [''], resources: ['events'], verbs: ['list', 'watch'] }];
  await grant(installation.kube, 'without-events', events, NAMESPACE);
  await expect(card.getByRole('listitem')).toHaveCount(1, LONG_WAIT);
});

test.describe('without an answer', () => {
  test.use({ expectedErrors: [/Failed to load resource|ERR_/] });

  test('a lost event stream keeps its events and reports the loss, then catches up on reconnection', async ({
    installation,
    startServer,
    faultProxy,
    page,
  }) => {
    const plane = frozenPlane('out-of-hearing');
    await installation.add(plane);
    await createEvent(installation, plane, { reason: 'Reconciled', agoMs: 60 * SECOND_MS });
    const server = await startServer({ kubeconfigPath: faultProxy.kubeconfigPath });
    const planePage = new PlanePage(page, server.url);
    await planePage.open(plane, '?tab=events');
    const card = planePage.card('Events');
    const events = card.getByRole('listitem');
    await expect(card.getByRole('status')).toHaveText(/^Newest first, updated live\./);
    await expect(events).toHaveCount(1);

    faultProxy.rule = (path) => (/\/events\b/.test(path) ? { status: 500 } : undefined);
    faultProxy.cut();
    await expect(card.getByRole('status')).toHaveText(/^Live updates are off\./, LONG_WAIT);
    await createEvent(installation, plane, { reason: 'Failed' });
    await expect(events).toHaveCount(1);
    await expect(events.first()).toContainText('What Reconciled means.');

    faultProxy.rule = undefined;
    await expect(card.getByRole('status')).toHaveText(/^Newest first, updated live\./, LONG_WAIT);
    await expect(events).toHaveCount(2);
    await expect(events.first()).toContainText('What Failed means.');
  });

  test("events stay while Planeboard's server is away", async ({ installation, startServer, page }) => {
    const plane = frozenPlane('out-of-reach');
    await installation.add(plane);
    await createEvent(installation, plane, { reason: 'Reconciled' });
    const server = await startServer({});
    const planePage = new PlanePage(page, server.url);
    await planePage.open(plane, '?tab=events');
    const card = planePage.card('Events');
    await expect(card.getByRole('listitem')).toContainText('What Reconciled means.');
    await server.kill();
    await expect(card.getByRole('status')).toHaveText(/^Live updates are off\./, LONG_WAIT);
    await expect(card.getByRole('listitem')).toContainText('What Reconciled means.');
  });

  test("the history reports that it couldn't be read, and appears once it can", async ({
    installation,
    planePage,
    page,
  }) => {
    const plane = frozenPlane('unread');
    await installation.add(plane);
    const restore = await loseAnswers(page, '**/history');
    await planePage.open(plane, '?tab=history');
    const history = planePage.card('History');
    await expect(history.getByRole('status')).toHaveText(/^History couldn't be read\. .+/, LONG_WAIT);
    await restore();
    await expect(history.getByRole('listitem').last()).toContainText('First seen', LONG_WAIT);
  });
});
