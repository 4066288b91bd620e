import { pino } from 'pino';
import { expect, test } from 'vitest';
import { OutageLog } from './outage-log';

test('logs an outage once, a different outage too, and the end', () => {
  const lines: string[] = [];
  const outages = new OutageLog(pino({ base: null }, { write: (line) => lines.push(line) }), 'discovery');
  outages.worked();
  for (let attempt = 0; attempt < 5; attempt += 1) outages.failed('forbidden', { status: 403 });
  outages.failed('server-error', { status: 500 });
  outages.worked();
  outages.worked();
  const logged = lines.map((line) => JSON.parse(line) as { code?: string; msg: string });
  expect(logged.map(({ code, msg }) => [msg, code])).toEqual([
    ['discovery failed', 'forbidden'],
    ['discovery failed', 'server-error'],
    ['discovery works again', undefined],
  ]);
});
