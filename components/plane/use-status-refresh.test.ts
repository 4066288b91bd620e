import { describe, expect, test } from 'vitest';
import { ApiError } from '@/lib/client/api/api-request';
import { ago, aPlane, NOW_MS } from '@/testing/plane/plane-fixture';
import { type RefreshState, refreshState, refreshText, statusSignature } from './use-status-refresh';

describe('the text of a refresh', () => {
  test.each<[RefreshState, string]>([
    [{ phase: 'idle' }, ''],
    [{ phase: 'sending' }, 'Refreshing…'],
    [{ phase: 'waiting', sentAtMs: NOW_MS - 3000 }, 'Refresh requested. Waiting for the controller…'],
    [
      { phase: 'waiting', sentAtMs: NOW_MS - 20_000 },
      "Refresh requested, but the status hasn't changed since. Either nothing is new, or the controller isn't responding.",
    ],
    [{ phase: 'answered', tookMs: 1700 }, 'Refreshed in 2 s.'],
    [{ phase: 'answered', tookMs: 120 }, 'Refreshed in 1 s.'],
    [{ phase: 'failed', problem: "You can't.", unknown: false }, "Couldn't refresh the status. You can't."],
    [
      { phase: 'failed', problem: 'No response.', unknown: true },
      'Outcome unknown: the refresh may have been requested. No response.',
    ],
  ])('describes %o', (state, text) => {
    expect(refreshText(state, NOW_MS)).toBe(text);
  });
});

describe('the state of a refresh', () => {
  const NONE = { data: undefined, error: null };

  test('follows the request', () => {
    expect(refreshState({ ...NONE, status: 'idle' }, null)).toEqual({ phase: 'idle' });
    expect(refreshState({ ...NONE, status: 'pending' }, null)).toEqual({ phase: 'sending' });
    expect(refreshState({ ...NONE, status: 'success', data: NOW_MS }, null)).toEqual({
      phase: 'waiting',
      sentAtMs: NOW_MS,
    });
  });

  test('leaves the outcome open unless Planeboard reports that the request was rejected', () => {
    const lost = new ApiError('No response.', null, null);
    expect(refreshState({ ...NONE, status: 'error', error: lost }, null)).toEqual({
      phase: 'failed',
      problem: 'No response.',
      unknown: true,
    });
    const problem = { type: 'about:blank', title: 'Not allowed', status: 403, code: 'forbidden' } as const;
    const rejected = new ApiError("You can't.", problem, 403);
    expect(refreshState({ ...NONE, status: 'error', error: rejected }, null)).toEqual({
      phase: 'failed',
      problem: "You can't.",
      unknown: false,
    });
  });

  test('is answered once the status changes, even before the request completes', () => {
    expect(refreshState({ ...NONE, status: 'pending' }, 1700)).toEqual({ phase: 'answered', tookMs: 1700 });
    expect(refreshState({ ...NONE, status: 'success', data: NOW_MS }, 1700)).toEqual({
      phase: 'answered',
      tookMs: 1700,
    });
  });
});

describe('the signature of a status', () => {
  test('ignores changes of metadata, such as the refresh itself', () => {
    const before = aPlane();
    const refreshed = aPlane({ resourceVersion: '2', labels: { a: 'b' }, generation: 2 });
    expect(statusSignature(refreshed)).toBe(statusSignature(before));
  });

  test.each([
    ['a heartbeat', aPlane({ agent: { connected: true, connectedAgents: 1, lastHeartbeatTime: ago(0) } })],
    ['a condition', aPlane({ conditions: [] })],
    ['an observed generation', aPlane({ observedGeneration: 2 })],
  ])('changes with %s', (_what, after) => {
    expect(statusSignature(after)).not.toBe(statusSignature(aPlane()));
  });
});
