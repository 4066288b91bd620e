import type { Delivery } from '@/lib/client/feed/event-stream';
import type { Statement } from '@/lib/plane/wall/statement';

const HELD_BACK = 'A proxy holds back the live stream, so this wall polls every 5 s';

/** Returns the line above a wall's planes: what can't be seen, and that a proxy holds the stream back; null: neither. */
export function wallNotice(unseenKinds: string | null, delivery: Delivery): string | null {
  const parts = [
    ...(unseenKinds === null ? [] : [unseenKinds]),
    ...(delivery === 'polling' ? [HELD_BACK] : []),
  ];
  return parts.length === 0 ? null : parts.join('. ');
}

/** Returns the statement of a wall without alarms, which has no line above it. */
export function deliveredStatement(statement: Statement, delivery: Delivery): Statement {
  return delivery === 'polling' ? { ...statement, details: [...statement.details, HELD_BACK] } : statement;
}
