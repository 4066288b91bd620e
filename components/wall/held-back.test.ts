import { expect, test } from 'vitest';
import { deliveredStatement, wallNotice } from './held-back';

const HELD_BACK = 'A proxy holds back the live stream, so this wall polls every 5 s';

test.each([
  [null, 'stream', null],
  ['Still loading data planes', 'stream', 'Still loading data planes'],
  [null, 'polling', HELD_BACK],
  ['Still loading data planes', 'polling', `Still loading data planes. ${HELD_BACK}`],
] as const)('the notice of a wall (%s, %s) names what is missing', (unseenKinds, delivery, notice) => {
  expect(wallNotice(unseenKinds, delivery)).toBe(notice);
});

test('a calm wall names the proxy among its details', () => {
  const statement = { tone: 'healthy', title: 'All healthy', details: ['3 agents connected'] } as const;
  expect(deliveredStatement(statement, 'stream')).toBe(statement);
  expect(deliveredStatement(statement, 'polling').details).toEqual(['3 agents connected', HELD_BACK]);
});
