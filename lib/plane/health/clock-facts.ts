import { z } from '@/lib/zod';

/** Two clocks: those that the API server's responses have shown, or its own and that of heartbeats. Times are RFC 3339. */
export const clockFactsSchema = z.object({
  /** Present if the responses show one clock and new heartbeats another one, which is the later one here. */
  ofHeartbeats: z.literal(true).optional(),
  /** How far the later clock is ahead of the earlier one, in milliseconds; negative: behind. */
  jumpMs: z.number(),
  /** When the later one was first seen, on the clock that ages are measured on. */
  noticedAt: z.string(),
  /** Whether responses show both at the same time. */
  mixed: z.boolean(),
  /** Whether ages are measured on the later clock. */
  followed: z.boolean(),
  /** Whether responses show the earlier clock again, although ages are still measured on the later one. */
  undone: z.boolean(),
  /** Whether new heartbeats follow the clock that ages are measured on. */
  confirmed: z.boolean(),
});
export type ClockFacts = z.infer<typeof clockFactsSchema>;
