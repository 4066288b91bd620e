import { expect, test } from 'vitest';
import { LinkSightings } from './link-sightings';

test('knows when each link was last seen, and nothing of links that were revoked or never seen', () => {
  let nowMs = Date.parse('2026-03-10T12:00:00Z');
  const sightings = new LinkSightings(() => nowMs);
  expect(sightings.seenAt('hall')).toBeNull();
  sightings.note('hall');
  nowMs += 5000;
  sightings.note('hall');
  expect(sightings.seenAt('hall')).toBe('2026-03-10T12:00:05.000Z');
  expect(sightings.seenAt('lobby')).toBeNull();
  sightings.forget('hall');
  expect(sightings.seenAt('hall')).toBeNull();
});
