import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeEventSource } from '@/testing/client/fake-event-source';
import { EventStream, type EventStreamOptions, type ProbeResult } from './event-stream';

type Name = 'data' | 'keepalive';

/** Everything that happened, in order. */
let sequence: string[];
const newest = () => FakeEventSource.newest();
const openCount = () => FakeEventSource.all.filter(({ isClosed }) => !isClosed).length;

function aStream(options: Partial<EventStreamOptions<Name, string>> = {}) {
  return new EventStream<Name, string>({
    url: (lastId) => {
      const url = `/stream${lastId === '' ? '' : `?since=${lastId}`}`;
      sequence.push(`connect ${url}`);
      return url;
    },
    events: ['data', 'keepalive'],
    onEvent: ({ event, id, text }) => {
      sequence.push(`${event} ${text} ${id}`.trim());
      return text !== 'bad';
    },
    onLost: () => sequence.push('lost'),
    onRefused: (refusal) => sequence.push(`refused ${refusal}`),
    onDelivery: (delivery) => sequence.push(delivery),
    ...options,
  });
}

/** Lets time pass and returns what happened meanwhile. */
async function during(ms: number): Promise<string[]> {
  const from = sequence.length;
  await vi.advanceTimersByTimeAsync(ms);
  return sequence.slice(from);
}

beforeEach(() => {
  sequence = [];
  FakeEventSource.all = [];
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', FakeEventSource);
  // The jittered waits are as long as possible.
  vi.spyOn(Math, 'random').mockReturnValue(1);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('an EventStream', () => {
  test('passes on the named events in order, and no others', () => {
    aStream().connect();
    newest().send('data', 'one', 'e:1');
    newest().send('other', 'x');
    newest().send('keepalive', '{}', 'e:1');
    expect(sequence).toEqual(['connect /stream', 'data one e:1', 'keepalive {} e:1']);
  });

  test('resumes after the last id when the server asks for it, and when the connection breaks', async () => {
    aStream().connect();
    newest().send('data', 'one', 'e:1');
    newest().send('resume', '{}', 'e:1');
    expect(sequence.at(-1)).toBe('lost');
    expect(await during(250)).toEqual(['connect /stream?since=e:1']);
    // A keep-alive of the new connection carries no id, and doesn't lose the position.
    newest().send('keepalive', '{}');
    newest().fail();
    expect(await during(250)).toEqual(['connect /stream?since=e:1']);
    expect(openCount()).toBe(1);
  });

  test('starts over without an id after an unusable event, and backs off while that continues', async () => {
    aStream().connect();
    newest().send('data', 'one', 'e:1');
    newest().send('data', 'bad', 'e:2');
    expect(await during(250)).toEqual(['connect /stream']);
    newest().send('data', 'bad', 'e:3');
    expect(await during(499)).toEqual([]);
    expect(await during(1)).toEqual(['connect /stream']);
  });

  test('waits longer after each failure: up to 2 s while the server may be restarting, then up to 10 s', async () => {
    aStream().connect();
    const waits: number[] = [];
    for (let failures = 0; failures < 23; failures += 1) {
      newest().fail();
      const startMs = Date.now();
      while (openCount() === 0) await vi.advanceTimersByTimeAsync(50);
      waits.push(Date.now() - startMs);
    }
    expect(waits.slice(0, 5)).toEqual([250, 500, 1000, 2000, 2000]);
    expect(waits.slice(19)).toEqual([2000, 10_000, 10_000, 10_000]);
    // After a usable event, the next failure counts as the first.
    newest().send('data', 'one');
    newest().fail();
    expect(await during(250)).toEqual(['connect /stream']);
  });

  test('spreads its attempts over half of each wait', async () => {
    vi.mocked(Math.random).mockReturnValue(0);
    aStream().connect();
    newest().fail();
    expect(await during(124)).toEqual([]);
    expect(await during(1)).toEqual(['connect /stream']);
  });

  test('treats a connection as lost after 12 s without an event or a keep-alive', async () => {
    aStream().connect();
    newest().send('data', 'one', 'e:1');
    await during(10_000);
    newest().send('keepalive', '{}');
    expect(await during(11_999)).toEqual([]);
    const silent = newest();
    expect(await during(1)).toEqual(['lost']);
    expect(silent.isClosed).toBe(true);
    expect(await during(250)).toEqual(['connect /stream?since=e:1']);
    // It doesn't wait that long for the first event.
    expect(await during(10_000)).toEqual(['lost']);
  });

  test('replaces its connection at once when connect is called again', async () => {
    const stream = aStream();
    stream.connect();
    const first = newest();
    stream.connect();
    expect([first.isClosed, openCount()]).toEqual([true, 1]);
    newest().fail();
    stream.connect();
    expect(await during(250)).toEqual([]);
    expect(openCount()).toBe(1);
  });

  test('does nothing after it is closed, and keeps its position for the next connect', async () => {
    const stream = aStream();
    stream.connect();
    newest().send('data', 'one', 'e:1');
    stream.close();
    expect(openCount()).toBe(0);
    expect(await during(60_000)).toEqual([]);
    stream.connect();
    expect(sequence.at(-1)).toBe('connect /stream?since=e:1');
  });

  test.each<['onEvent' | 'onLost']>([['onEvent'], ['onLost']])('can be closed from %s', async (handler) => {
    const stream: EventStream<Name, string> = aStream({
      [handler]: () => {
        stream.close();
        return true;
      },
    });
    stream.connect();
    newest().send('data', 'one');
    newest().fail();
    await during(60_000);
    expect(FakeEventSource.all).toHaveLength(1);
    expect(openCount()).toBe(0);
  });
});

type Answer = ProbeResult<Name, string> | Error;

/** A probe that answers after 100 ms, each time with the next of the answers. The last one repeats if it is a function. */
function probeOf(...answers: (Answer | (() => Answer))[]) {
  return (signal: AbortSignal, lastId: string) =>
    new Promise<ProbeResult<Name, string>>((resolve, reject) => {
      sequence.push(lastId === '' ? 'probe' : `probe since ${lastId}`);
      signal.addEventListener('abort', () => {
        sequence.push('probe aborted');
        reject(signal.reason);
      });
      const next = typeof answers[0] === 'function' ? answers[0] : answers.shift();
      const answer = typeof next === 'function' ? next() : next;
      if (answer === undefined) return;
      setTimeout(() => (answer instanceof Error ? reject(answer) : resolve(answer)), 100);
    });
}

const BY_HAND: Answer = { events: [{ event: 'data', id: '', text: 'by hand' }] };

describe('a probe', () => {
  test('reports why an attempt brought nothing, and checks every 15 s whether that has changed', async () => {
    aStream({ probe: probeOf({ refusal: 'revoked' }, { refusal: 'revoked' }, BY_HAND) }).connect();
    newest().fail();
    expect(await during(100)).toEqual(['refused revoked']);
    expect(await during(15_100)).toEqual(['probe', 'refused revoked']);
    expect(openCount()).toBe(0);
    expect(await during(15_100)).toEqual(['probe', 'data by hand']);
    expect(await during(250)).toEqual(['connect /stream']);
  });

  test("isn't needed after an attempt that brought an event", async () => {
    aStream({ probe: probeOf(null) }).connect();
    newest().send('data', 'one');
    newest().fail();
    expect(await during(250)).toEqual(['connect /stream']);
  });

  test.each([
    ['fails', new TypeError('Failed to fetch')],
    ['finds no reason', null],
  ])('that %s leads to the next attempt', async (_, answer) => {
    aStream({ probe: probeOf(answer) }).connect();
    newest().fail();
    expect(await during(350)).toEqual(['connect /stream']);
  });

  test('is aborted after 10 s', async () => {
    aStream({ probe: probeOf() }).connect();
    newest().fail();
    expect(await during(10_000)).toEqual(['probe aborted']);
    expect(await during(250)).toEqual(['connect /stream']);
  });

  test('is aborted by a new connection', async () => {
    const stream = aStream({ probe: probeOf({ refusal: 'revoked' }) });
    stream.connect();
    newest().fail();
    stream.connect();
    // It would have answered by now.
    expect(await during(9000)).toEqual([]);
    expect([sequence.slice(-2), openCount()]).toEqual([['probe aborted', 'connect /stream'], 1]);
  });

  test('runs 15 s after the stream itself reported a refusal', async () => {
    const stream: EventStream<Name, string> = aStream({
      probe: probeOf(null),
      onEvent: () => {
        stream.refuse('revoked');
        return true;
      },
    });
    stream.connect();
    newest().send('data', 'the end');
    expect([sequence.at(-1), openCount()]).toEqual(['refused revoked', 0]);
    expect(await during(15_000)).toEqual(['probe']);
    expect(await during(350)).toEqual(['connect /stream']);
  });
});

describe('a stream that a proxy holds back', () => {
  /** Connects through a proxy that passes on only complete answers, and waits until polling begins. */
  async function heldBack(probe = probeOf(() => BY_HAND)) {
    const stream = aStream({ probe });
    stream.connect();
    await during(11_100);
    return stream;
  }

  test('is polled every 5 s after 10 s without an event', async () => {
    aStream({ probe: probeOf(() => BY_HAND) }).connect();
    expect(await during(9999)).toEqual([]);
    expect(await during(101)).toEqual(['probe', 'data by hand']);
    expect(await during(1000)).toEqual(['polling']);
    expect(openCount()).toBe(0);
    expect(await during(5100)).toEqual(['probe', 'data by hand']);
    expect(await during(5100)).toEqual(['probe', 'data by hand']);
  });

  test("isn't assumed if the stream answers together with the probe, as that of a slow server", async () => {
    aStream({ probe: probeOf(BY_HAND) }).connect();
    await during(10_100);
    newest().send('data', 'one', 'e:1');
    expect(await during(11_999)).toEqual([]);
    expect(openCount()).toBe(1);
  });

  test('polls after the last id, whichever way it came', async () => {
    const answers: Answer[] = [
      { events: [{ event: 'data', id: 'e:1', text: 'one' }] },
      { events: [{ event: 'data', id: 'e:2', text: 'two' }] },
    ];
    await heldBack(probeOf(...answers));
    expect(await during(5100)).toEqual(['probe since e:1', 'data two e:2']);
    expect(await during(5000)).toEqual(['probe since e:2']);
  });

  test('is tried again every 30 s, and used when its events no longer arrive all at once', async () => {
    await heldBack();
    const seen = await during(30_000);
    expect(seen.filter((text) => text.startsWith('connect'))).toEqual(['connect /stream']);
    expect(openCount()).toBe(1);
    // It brings nothing for 10 s.
    await during(10_000);
    expect(openCount()).toBe(0);
    expect(sequence).not.toContain('lost');
    await during(30_000);
    newest().send('data', 'live', 'e:9');
    newest().send('keepalive', '{}');
    expect(sequence).not.toContain('stream');
    await during(2000);
    newest().send('keepalive', '{}');
    expect(sequence.at(-1)).toBe('stream');
    expect(await during(11_000)).toEqual([]);
  });

  test('reports the loss of the server while it polls, and its return', async () => {
    let answer: Answer = BY_HAND;
    await heldBack(probeOf(() => answer));
    answer = new TypeError('Failed to fetch');
    expect(await during(5100)).toEqual(['probe', 'lost']);
    answer = BY_HAND;
    expect(await during(350)).toEqual(['probe', 'data by hand']);
    expect(openCount()).toBe(0);
  });

  test('is polled at once when the machine wakes', async () => {
    const stream = await heldBack();
    stream.connect();
    expect(sequence.slice(-2)).toEqual(['connect /stream', 'probe']);
    expect(await during(100)).toEqual(['data by hand']);
    stream.close();
    expect(await during(60_000)).toEqual([]);
  });

  test('stops polling while the server refuses this reader', async () => {
    let answer: Answer = BY_HAND;
    await heldBack(probeOf(() => answer));
    answer = { refusal: 'full' };
    expect(await during(5100)).toEqual(['probe', 'refused full']);
    expect(await during(14_900)).toEqual([]);
    answer = BY_HAND;
    expect(await during(200)).toEqual(['probe', 'data by hand']);
  });

  test('is found after three attempts that bring only their beginning', async () => {
    aStream({ probe: probeOf(() => BY_HAND) }).connect();
    for (const wait of [250, 250]) {
      newest().send('data', 'first');
      expect(await during(12_000)).toEqual(['lost']);
      await during(wait);
    }
    newest().send('data', 'first');
    expect(await during(12_100)).toEqual(['probe', 'lost', 'polling', 'data by hand']);
  });

  test('is found after three attempts that are cut off while plain requests work', async () => {
    aStream({ probe: probeOf(() => BY_HAND) }).connect();
    for (const wait of [250, 500]) {
      newest().fail();
      await during(100 + wait);
    }
    newest().fail();
    expect(await during(100)).toEqual(['polling', 'data by hand']);
  });

  test("isn't assumed after a connection that died once it flowed", async () => {
    aStream({ probe: probeOf(() => BY_HAND) }).connect();
    for (let attempt = 0; attempt < 5; attempt += 1) {
      newest().send('data', 'first');
      await during(5000);
      newest().send('keepalive', '{}');
      await during(12_250);
    }
    expect(sequence).not.toContain('probe');
    expect(openCount()).toBe(1);
  });
});
