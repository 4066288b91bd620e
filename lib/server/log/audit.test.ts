import { afterEach, beforeEach, expect, test } from 'vitest';
import { auditedWrite } from '@/lib/server/kube/audited-write';
import { KubeError } from '@/lib/server/kube/kube-error';
import { deleteObject, patchObject } from '@/lib/server/kube/object-requests';
import { clearProcessSlots, processSlot } from '@/lib/server/process/process-slot';
import type { AuditActor, AuditedChange, AuditOutput } from './audit';

const ACTOR: AuditActor = { user: 'jane', origin: { id: 'request-1', source: '10.0.0.7' } };
const CHANGE: AuditedChange = {
  verb: 'patch',
  object: { kind: 'DataPlane', namespace: 'acme', name: 'prod' },
  changed: ['spec.planeID'],
};

let lines: string[];
const parsed = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);

beforeEach(() => {
  lines = [];
  processSlot('audit-log', (): AuditOutput => async (line) => void lines.push(line));
});
afterEach(clearProcessSlots);

test('an intent is logged before the write, and the outcome after it, with one id', async () => {
  const at: number[] = [];
  await auditedWrite(ACTOR, CHANGE, async () => void at.push(lines.length));
  expect(at).toEqual([1]);
  const line = {
    level: 'info',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
    log: 'audit',
    id: parsed()[0]?.id,
    user: 'jane',
    request: 'request-1',
    source: '10.0.0.7',
    ...CHANGE,
    msg: 'write',
  };
  expect(line.id).toMatch(/^[0-9a-f-]{36}$/);
  expect(parsed()).toEqual([
    { ...line, stage: 'intent' },
    { ...line, stage: 'outcome', outcome: 'done' },
  ]);
});

test("a failed write's outcome is the code of the error", async () => {
  const failure = new KubeError('forbidden', 'No.');
  await expect(auditedWrite(ACTOR, CHANGE, () => Promise.reject(failure))).rejects.toBe(failure);
  expect(parsed().map(({ stage, outcome }) => [stage, outcome])).toEqual([
    ['intent', undefined],
    ['outcome', 'forbidden'],
  ]);
});

test('nothing is sent while the audit log takes no lines', async () => {
  clearProcessSlots();
  processSlot('audit-log', (): AuditOutput => () => Promise.reject(new Error('EPIPE')));
  let isSent = false;
  const write = auditedWrite(ACTOR, CHANGE, async () => {
    isSent = true;
  });
  await expect(write).rejects.toMatchObject({ code: 'not-audited' });
  expect(isSent).toBe(false);
});

test('an intent that came out too late is followed by its outcome', async () => {
  clearProcessSlots();
  processSlot(
    'audit-log',
    (): AuditOutput => (line) => {
      lines.push(line);
      return lines.length === 1 ? Promise.reject(new Error('stuck')) : Promise.resolve();
    },
  );
  await expect(auditedWrite(ACTOR, CHANGE, async () => {})).rejects.toMatchObject({ code: 'not-audited' });
  expect(parsed().map(({ stage, outcome }) => [stage, outcome])).toEqual([
    ['intent', undefined],
    ['outcome', 'not-audited'],
  ]);
});

test('a write that succeeded stays a success when its outcome has nowhere to go', async () => {
  clearProcessSlots();
  let written = 0;
  processSlot(
    'audit-log',
    (): AuditOutput => async () => {
      written += 1;
      if (written > 1) throw new Error('ENOSPC');
    },
  );
  expect(await auditedWrite(ACTOR, CHANGE, async () => 'written')).toBe('written');
});

const PLACE = { apiVersion: 'v1', kind: 'Secret', namespace: 'acme', name: 'ca', uid: 'u1', path: '/path' };

test('the API server gets the id as Audit-ID, except for a dry run', async () => {
  const sent: (string | undefined)[] = [];
  const client: Parameters<typeof patchObject>[0] = {
    request: async ({ method, headers }) => {
      sent.push(headers?.['audit-id']);
      const { path: _, ...object } = PLACE;
      const body =
        method === 'DELETE'
          ? { apiVersion: 'v1', kind: 'Status', status: 'Success' }
          : { ...object, metadata: object };
      return { status: 200, etag: null, body, warnings: [] };
    },
  };
  await patchObject(client, PLACE, {}, 'dry-run');
  await auditedWrite(ACTOR, CHANGE, (audited) => patchObject(client, PLACE, {}, audited));
  await auditedWrite(ACTOR, CHANGE, (audited) => deleteObject(client, PLACE, audited));
  const [first, , second] = parsed();
  expect(sent).toEqual([undefined, first?.id, second?.id]);
});
