import { describe, expect, it } from 'vitest';
import type { Incident } from '@/lib/plane/health/incident';
import { boardPlane } from '@/testing/plane/board-fixture';
import { incident } from '@/testing/plane/findings/sample-planes';
import { NOW_MS } from '@/testing/plane/plane-fixture';
import { boardMomentMs, boardOf } from './board';
import { groupCounts, sectionsOf } from './sections';
import { type StatementContext, statementOf, unseenKindsText } from './statement';

const OPEN: StatementContext = { nothingRead: null, unseenKinds: null, states: [], leftOut: 0 };
const inMaintenance = { maintenance: { until: '2026-03-10T13:00:00Z', reason: 'Upgrade' } };

describe('boardOf', () => {
  it('sorts worst first, and within a state by the latest change', () => {
    const planes = [
      boardPlane('degraded', 'degraded'),
      boardPlane('long', 'disconnected', { since: { at: '2026-03-09T11:00:00Z', exact: true } }),
      boardPlane('just', 'disconnected'),
    ];
    expect(boardOf(planes, [], NOW_MS).attention.map(({ name }) => name)).toEqual([
      'just',
      'long',
      'degraded',
    ]);
  });
  it('sorts numbers in names by value', () => {
    const planes = [10, 2, 1].map((number) => boardPlane(`eu-${number}`, 'stale'));
    expect(boardOf(planes, [], NOW_MS).attention.map(({ name }) => name)).toEqual(['eu-1', 'eu-2', 'eu-10']);
  });
  it('excludes planes in maintenance from every count until it ends', () => {
    const planes = [boardPlane('a', 'disconnected', inMaintenance), boardPlane('b')];
    const during = boardOf(planes, [], NOW_MS);
    expect([during.counts.disconnected, during.counts.healthy, during.maintenance.length]).toEqual([0, 1, 1]);
    const after = boardOf(planes, [], Date.parse('2026-03-10T13:00:00Z'));
    expect([after.counts.disconnected, after.maintenance.length, after.attention.length]).toEqual([1, 0, 1]);
  });
  it('changes with time only when a maintenance ends', () => {
    const planes = [boardPlane('a', 'stale', inMaintenance), boardPlane('b')];
    const endMs = Date.parse('2026-03-10T13:00:00Z');
    expect([NOW_MS, endMs - 1, endMs, endMs + 5000].map((ms) => boardMomentMs(planes, ms))).toEqual([
      0,
      0,
      endMs,
      endMs,
    ]);
    for (const ms of [NOW_MS, endMs - 1, endMs, endMs + 1])
      expect(boardOf(planes, [], boardMomentMs(planes, ms))).toEqual(boardOf(planes, [], ms));
  });
  it("counts agents once if a cluster plane repeats its sibling's", () => {
    const reasons = [{ code: 'shared-plane-id', severity: 'info' as const, message: '' }];
    const shared = boardPlane('shared', 'healthy', {
      namespace: undefined,
      health: { state: 'healthy', reasons },
    });
    expect(boardOf([boardPlane('a'), shared], [], NOW_MS).agents).toBe(1);
    expect(boardOf([shared], [], NOW_MS).agents).toBe(1);
  });
  it('shows an incident of the control plane instead of its planes, until most are back', () => {
    const planes = [boardPlane('a', 'stale', { incident: 'incident-1' }), boardPlane('b', 'stale')];
    const shown = (changes: Partial<Incident>) =>
      boardOf(planes, [{ ...incident, planes: 12, ...changes }], NOW_MS).attention.map(({ name }) => name);
    expect(shown({ lost: 12 })).toEqual(['b']);
    expect(shown({ lost: 6 })).toEqual(['a', 'b']);
    expect(shown({ lost: 12, code: 'lost-together' })).toEqual(['a', 'b']);
  });
  it('puts the worst group first', () => {
    const planes = [boardPlane('a', 'degraded'), boardPlane('b', 'disconnected', { namespace: 'beta' })];
    const { attention } = boardOf(planes, [], NOW_MS);
    expect(sectionsOf(attention, 'namespace').map(({ heading }) => heading)).toEqual(['beta', 'acme']);
    expect(groupCounts(planes, 'label:team')).toEqual([
      { heading: 'Without this label', worst: 'disconnected', inWorst: 1, planes: 2 },
    ]);
  });
});

describe('the statement of a calm wall', () => {
  const say = (planes: Parameters<typeof boardOf>[0], context: Partial<StatementContext> = {}) =>
    statementOf(boardOf(planes, [], NOW_MS), { ...OPEN, ...context });
  it('says all are healthy only if they are', () => {
    expect(say([boardPlane('a'), boardPlane('b')])).toEqual({
      tone: 'healthy',
      title: 'All 2 planes shown are healthy',
      details: ['2 agents connected'],
    });
  });
  it("doesn't say all beside planes that are unmonitored or in maintenance", () => {
    expect(say([boardPlane('a'), boardPlane('b', 'unmonitored')]).title).toBe('1 plane healthy');
    expect(say([boardPlane('a'), boardPlane('b', 'stale', inMaintenance)]).title).toBe('1 plane healthy');
  });
  it("isn't green while its choice of states leaves out planes that need action", () => {
    const context = { states: ['healthy'], leftOut: 3 };
    expect(say([boardPlane('a'), boardPlane('b')], context)).toMatchObject({
      tone: 'neutral',
      title: '2 planes healthy',
    });
    expect(say([boardPlane('a'), boardPlane('b', 'unmonitored')], context).tone).toBe('neutral');
    expect(say([boardPlane('a')], { states: ['healthy'] }).tone).toBe('healthy');
  });
  it("isn't green if a kind can't be seen, nothing is measured or there are no planes", () => {
    const unseenKinds = unseenKindsText([{ plural: 'dataplanes', state: 'forbidden' }]);
    expect(unseenKinds).toBe('No permission to list data planes');
    expect(say([boardPlane('a')], { unseenKinds }).tone).toBe('unknown');
    expect(say([boardPlane('a', 'unmonitored')]).tone).toBe('neutral');
    expect(say([])).toEqual({ tone: 'neutral', title: 'No planes to show', details: [] });
    expect(say([boardPlane('a', 'healthy', inMaintenance)]).tone).toBe('neutral');
  });
  it("doesn't say that there are no planes before the API server has said so", () => {
    const nothingRead = "The API server can't be read";
    const unreachable = { tone: 'unknown', title: nothingRead, details: [] };
    expect(say([], { nothingRead })).toEqual(unreachable);
    expect(say([], { nothingRead, states: ['healthy'] })).toEqual(unreachable);
    const unseenKinds = 'No permission to list data planes';
    expect(say([], { nothingRead, unseenKinds })).toEqual({ ...unreachable, details: [unseenKinds] });
  });
  it("names the wall's states if no plane is in them", () => {
    expect(say([], { states: ['disconnected', 'stale'] }).title).toBe('No plane is disconnected or stale');
  });
  it('says of a kind whose first list fails that there is no data, not that it loads', () => {
    const syncing = { plural: 'dataplanes', state: 'syncing' } as const;
    expect(unseenKindsText([syncing])).toBe('Still loading data planes');
    expect(unseenKindsText([{ ...syncing, problem: 'It failed.' }])).toBe('No live data for data planes');
  });
  it("doesn't mention kinds that can be seen", () => {
    expect(unseenKindsText([{ plural: 'dataplanes', state: 'live' }])).toBeNull();
  });
});
