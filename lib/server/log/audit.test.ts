import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import { clearProcessSlots, processSlot } from '@/lib/server/process/process-slot';
import { type AuditEntry, audit } from './audit';

const ENTRY: AuditEntry = {
  user: 'jane',
  verb: 'patch',
  object: { kind: 'DataPlane', namespace: 'acme', name: 'prod' },
  outcome: 'done',
};

afterEach(clearProcessSlots);

test.each(['info', 'error', 'fatal', 'silent'])('an audit line is written at the log level %s', (level) => {
  const lines: string[] = [];
  const log = processSlot('log', () =>
    pino({ base: null, level }, { write: (line: string) => void lines.push(line) }),
  );
  audit(ENTRY);
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { level: 30, time: expect.any(Number) as number, audit: ENTRY, msg: 'write' },
  ]);
  expect(log.level, 'Other lines keep their level.').toBe(level);
});
