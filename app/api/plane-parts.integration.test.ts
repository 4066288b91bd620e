import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GET, HEAD, POST } from '@/app/api/planes/[...segments]/route';
import { hiddenAnnotationSchema, planeDetailSchema } from '@/lib/api/fleet';
import { historyAnswerSchema } from '@/lib/api/history';
import { problemSchema } from '@/lib/api/problem';
import { planeEventsFrameSchema, relatedResourcesAnswerSchema } from '@/lib/api/related';
import { MASK } from '@/lib/plane/masking/mask';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { DataPlaneWriter } from '@/testing/control-plane/data-plane-writer';
import { SseReader } from '@/testing/server/sse-reader';
import { startProcessRuntime } from '@/testing/server/test-runtime';

/** Placed wherever a secret can appear around a plane; no response may contain it. */
const CANARY = 'canary-4b81d0';

let demo: BareControlPlane;
let runtime: Runtime;

beforeAll(async () => {
  demo = await sharedControlPlane('1.2');
  const { client } = demo.controlPlane;
  await client.post('/api/v1/namespaces/default/secrets', {
    metadata: { name: 'agent-ca' },
    stringData: { 'ca.crt': CANARY, other: CANARY },
  });
  const spec = {
    planeID: 'prod',
    clusterAgent: { clientCA: { secretKeyRef: { name: 'agent-ca', key: 'ca.crt' } } },
  };
  const applied = { spec: { ...spec, password: CANARY, registry: { token: CANARY } } };
  await new DataPlaneWriter(client).createRaw('prod', spec, {
    'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(applied),
    'objectset.rio.cattle.io/applied': gzipSync(JSON.stringify(applied)).toString('base64'),
    'acme.com/data': gzipSync(JSON.stringify({ size: 3, password: CANARY })).toString('base64'),
    'acme.com/copy': Buffer.from(JSON.stringify(applied)).toString('base64'),
    'openchoreo.dev/display-name': `Prod https://host/?token=${CANARY}`,
  });
  const { metadata } = await client.get('/apis/openchoreo.dev/v1alpha1/namespaces/default/dataplanes/prod');
  await client.post('/api/v1/namespaces/default/events', {
    metadata: { name: 'prod.1' },
    involvedObject: { kind: 'DataPlane', namespace: 'default', name: 'prod', uid: metadata.uid },
    type: 'Warning',
    reason: 'Failed',
    message: `dial wss://agent:${CANARY}@gateway:8443/ws failed`,
    firstTimestamp: '2026-03-10T12:00:00Z',
    lastTimestamp: '2026-03-10T12:00:00Z',
  });
  runtime = await startProcessRuntime(demo.controlPlane.kubeconfigPath);
});
afterAll(async () => {
  await runtime?.stop();
  await demo?.stop();
});

const requestFor = (part: string, method = 'GET', query = '') =>
  [
    new Request(`http://127.0.0.1/api/planes/dataplanes/default/prod/${part}${query}`, { method }),
    { params: Promise.resolve({ segments: ['dataplanes', 'default', 'prod', part] }) },
  ] as const;

describe('subresources of a plane', () => {
  test('related resources name the dropped fields but not their values', async () => {
    const response = await GET(...requestFor('related'));
    expect(response.headers.get('cache-control')).toBe('no-store');
    const text = await response.text();
    expect(text).not.toContain(CANARY);
    const { related } = relatedResourcesAnswerSchema.parse(JSON.parse(text));
    expect(related.droppedFields).toEqual(['spec.password', 'spec.registry']);
    expect(related.ca).toMatchObject({ source: { state: 'read' }, certificates: [] });
    expect(related.ca.findings).toMatchObject([{ severity: 'error' }]);
  });

  test('the plane leaves out annotations with data, and every secret', async () => {
    const response = await GET(new Request('http://127.0.0.1/api/planes/dataplanes/default/prod'), {
      params: Promise.resolve({ segments: ['dataplanes', 'default', 'prod'] }),
    });
    const text = await response.text();
    expect(text).not.toContain(CANARY);
    const { plane, annotations, hiddenAnnotations, yaml } = planeDetailSchema.parse(JSON.parse(text));
    expect(annotations).toEqual({ 'openchoreo.dev/display-name': MASK });
    expect(plane.displayName).toBe(MASK);
    expect(hiddenAnnotations).toMatchObject([{ name: 'acme.com/copy' }, { name: 'acme.com/data' }]);
    expect(yaml).not.toContain('acme.com');
  });

  test("a hidden annotation is shown on request, secrets masked, and a known tool's copy of the plane never", async () => {
    const shown = await GET(...requestFor('annotations', 'GET', '?name=acme.com/data'));
    const { text } = hiddenAnnotationSchema.parse(await shown.json());
    expect(JSON.parse(text)).toEqual({ size: 3, password: MASK });
    const copy = await GET(...requestFor('annotations', 'GET', '?name=acme.com/copy'));
    expect(await copy.text()).not.toContain(CANARY);
    for (const name of ['objectset.rio.cattle.io/applied', 'absent', 'constructor', '']) {
      const { status } = await GET(...requestFor('annotations', 'GET', `?name=${name}`));
      expect(status).toBe(404);
    }
  });

  test('history is a list of entries', async () => {
    const response = await GET(...requestFor('history'));
    expect(historyAnswerSchema.parse(await response.json()).entries).toEqual([]);
  });

  test('events are a stream that ends when its reader leaves', async () => {
    const { body, headers } = await GET(...requestFor('events'));
    expect(headers.get('content-type')).toBe('text/event-stream');
    if (!body) throw new Error('There is no stream.');
    const reader = new SseReader(body);
    const { data } = await reader.nextOf('events');
    expect(data).not.toContain(CANARY);
    expect(planeEventsFrameSchema.parse(JSON.parse(data))).toMatchObject({
      state: 'live',
      events: [{ reason: 'Failed' }],
    });
    expect(runtime.planeEvents.watchCount).toBe(1);
    await reader.cancel();
    expect(runtime.planeEvents.watchCount).toBe(0);
  });

  test('HEAD opens no stream', async () => {
    const { body, status, headers } = await HEAD(...requestFor('events', 'HEAD'));
    expect([body, status, headers.get('content-type')]).toEqual([null, 200, 'text/event-stream']);
    expect(runtime.planeEvents.watchCount).toBe(0);
    expect((await HEAD(...requestFor('history', 'HEAD'))).body).toBeNull();
  });

  test.each(['annotations', 'related', 'events', 'history'])('%s is read-only', async (part) => {
    const response = await POST(...requestFor(part, 'POST'));
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
  });

  test.each(['refresh', 'credentials'])("%s can't be read", async (part) => {
    const response = await GET(...requestFor(part));
    expect(problemSchema.parse(await response.json())).toMatchObject({ code: 'method-not-allowed' });
    expect(response.headers.get('allow')).toBe('POST');
  });

  test("an unknown subresource isn't found", async () => {
    expect((await GET(...requestFor('secrets'))).status).toBe(404);
  });
});
