import { type PageSession, pageSessionSchema } from '@/lib/api/session';
import { z } from '@/lib/zod';

const NAME = 'planeboard-session';

const messageSchema = z.union([
  z.object({ type: z.literal('session'), session: pageSessionSchema }),
  z.object({ type: z.literal('signed-out') }),
]);
/** What one tab tells the others: a session that was renewed or begun, or that the person signed out. */
export type SessionMessage = z.infer<typeof messageSchema>;

/** Tells the other tabs of this browser. */
export function tellTabs(message: SessionMessage): void {
  const channel = openChannel();
  channel?.postMessage(message);
  channel?.close();
}

/** Tells the other tabs about a session. */
export function tellSession(session: PageSession): void {
  tellTabs({ type: 'session', session });
}

/** Calls back with what other tabs tell. Returns a function that stops this. */
export function listenToTabs(receive: (message: SessionMessage) => void): () => void {
  const channel = openChannel();
  if (!channel) return () => {};
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    // Another tab may run another version.
    const message = messageSchema.safeParse(data);
    if (message.success) receive(message.data);
  };
  return () => channel.close();
}

function openChannel(): BroadcastChannel | null {
  return typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(NAME);
}
