import 'server-only';
import { isOfKind, type ListedKind } from '@/lib/server/kube/listed-kind';
import { z } from '@/lib/zod';

/** What one line of a watch stream means. */
export type WatchStep =
  | { readonly step: 'set' | 'delete'; readonly object: unknown; readonly resourceVersion: string }
  | { readonly step: 'bookmark'; readonly resourceVersion: string }
  /** The resourceVersion is too old to continue from: list again. */
  | { readonly step: 'expired' }
  /** The watch is one of other objects, so it proves nothing about these. */
  | { readonly step: 'other-kind' }
  /** An error sent in the stream, or a line that isn't a watch event. */
  | { readonly step: 'failed'; readonly status: number | null };

const objectSchema = z.looseObject({ metadata: z.looseObject({ resourceVersion: z.string() }) });
const eventSchema = z.object({ type: z.string(), object: z.unknown() });
const statusSchema = z.object({ code: z.number().optional() });

/** Reads one watch event. Pure, and never throws: an unreadable line is `failed`, and the reflector lists again. */
export function readWatchEvent(line: unknown, watched: ListedKind): WatchStep {
  const event = eventSchema.safeParse(line).data;
  if (!event) return { step: 'failed', status: null };
  if (event.type === 'ERROR') {
    const status = statusSchema.safeParse(event.object).data?.code ?? null;
    return status === 410 ? { step: 'expired' } : { step: 'failed', status };
  }
  const object = objectSchema.safeParse(event.object).data;
  if (!object) return { step: 'failed', status: null };
  if (!isOfKind(event.object, watched)) return { step: 'other-kind' };
  const { resourceVersion } = object.metadata;
  switch (event.type) {
    case 'ADDED':
    case 'MODIFIED':
      return { step: 'set', object: event.object, resourceVersion };
    case 'DELETED':
      return { step: 'delete', object: event.object, resourceVersion };
    case 'BOOKMARK':
      return { step: 'bookmark', resourceVersion };
    default:
      return { step: 'failed', status: null };
  }
}
