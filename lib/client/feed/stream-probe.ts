import type { ProbeResult, StreamEvent } from './event-stream';

/**
 * Requests a stream that ends after its first data, which a proxy that holds live streams back passes on.
 *
 * @param url the stream's address
 * @param names the names of the events to return
 * @returns the events; the server's sentence if there are too many readers; null if the answer says nothing
 */
export async function probeStream<Name extends string>(
  url: string,
  names: readonly Name[],
  signal: AbortSignal,
): Promise<ProbeResult<Name, string>> {
  const once = `${url}${url.includes('?') ? '&' : '?'}once=true`;
  const response = await fetch(once, {
    cache: 'no-store',
    headers: { accept: 'text/event-stream' },
    signal,
  });
  const text = await response.text();
  if (!response.ok) {
    const refusal = tooManyReaders(JSON.parse(text));
    return refusal === null ? null : { refusal };
  }
  const events = parseEvents(text, names);
  return events.length === 0 ? null : { events };
}

/** Returns the events with these names in a text of server-sent events, as Planeboard's server writes them. */
export function parseEvents<Name extends string>(
  text: string,
  names: readonly Name[],
): readonly StreamEvent<Name>[] {
  let id = '';
  return text.split('\n\n').flatMap((block) => {
    const fields = new Map(
      block.split('\n').map((line) => {
        const at = line.indexOf(': ');
        return [line.slice(0, at), line.slice(at + 2)] as const;
      }),
    );
    id = fields.get('id') ?? id;
    const event = names.find((name) => name === fields.get('event'));
    const data = fields.get('data');
    return event === undefined || data === undefined ? [] : [{ event, id, text: data }];
  });
}

function tooManyReaders(problem: unknown): string | null {
  if (typeof problem !== 'object' || problem === null) return null;
  if (!('code' in problem && problem.code === 'too-many-readers' && 'detail' in problem)) return null;
  return typeof problem.detail === 'string' ? problem.detail : null;
}
