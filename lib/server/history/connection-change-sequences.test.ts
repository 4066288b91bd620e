import { expect, test } from 'vitest';
import { type ConnectionChange, connectionChange } from '@/lib/plane/history/connection-change';
import { kindOfName, type PlaneKindEntry } from '@/lib/plane/model/kinds';
import { parsePlane } from '@/lib/plane/model/parse-plane';
import { FieldDigests } from '@/lib/server/fleet/field-digests';
import { CURRENT, judged } from '@/testing/plane/diagnosis-fixture';
import { seededRandom } from '@/testing/plane/draft-fixture';
import { NOW_MS } from '@/testing/plane/plane-fixture';
import { PlaneHistory } from './plane-history';

const DATA_PLANE = kindOfName('DataPlane') as PlaneKindEntry;

interface Version {
  readonly planeID: string;
  readonly ca: string;
}

/** Returns what is named after a plane went through these versions, of which only the first was connected. */
function namedAfter(versions: readonly Version[]): ConnectionChange | null {
  const digests = new FieldDigests();
  const history = new PlaneHistory();
  history.listed({ plural: 'dataplanes' }, NOW_MS);
  const read = ({ planeID, ca }: Version, index: number) => {
    const connected = index === 0;
    const raw = {
      metadata: {
        name: 'prod',
        namespace: 'acme',
        uid: 'uid-1',
        resourceVersion: `${index}`,
        generation: index + 1,
      },
      spec: {
        planeID,
        clusterAgent: { clientCA: ca === 'secret' ? { secretKeyRef: { name: ca } } : { value: ca } },
      },
      status: { agentConnection: { connected, connectedAgents: connected ? 1 : 0 } },
    };
    const plane = parsePlane(DATA_PLANE, raw, CURRENT);
    const fields = digests.read(plane, raw);
    digests.track(fields);
    return { plane, writes: fields.writes };
  };
  const planes = versions.map(read);
  for (const [index, { plane, writes }] of planes.entries()) {
    const before = planes[index - 1];
    if (before) history.written(judged(before.plane), plane, writes, NOW_MS + index);
  }
  const plane = planes.at(-1)?.plane;
  if (!plane) throw new Error('There is no version.');
  return connectionChange(history.of({ ...plane, plural: 'dataplanes' }).entries, plane);
}

test('names a change of what differs from when the plane was connected, and nothing if all is set back', () => {
  const random = seededRandom(20261201);
  const oneOf = (...values: string[]) => values[Math.floor(random() * values.length)] ?? '';
  for (let run = 0; run < 1000; run += 1) {
    const first = { planeID: 'a', ca: 'secret' };
    const versions: Version[] = [first];
    for (let left = 1 + Math.floor(random() * 7); left > 0; left -= 1)
      versions.push({ planeID: oneOf('a', 'b', 'c'), ca: oneOf('secret', 'x', 'y') });
    const last = versions.at(-1) ?? first;
    const named = namedAfter(versions);
    const story = JSON.stringify(versions);
    const isSame = last.planeID === first.planeID && last.ca === first.ca;
    expect(named === null, story).toBe(isSame || isUnchangedFirst(versions));
    if (named?.subject === 'planeID') expect(last.planeID, story).not.toBe(first.planeID);
    if (named?.subject === 'ca') expect(last.ca, story).not.toBe(first.ca);
    if (named?.planeID) expect(named.planeID.written, story).toBe(first.planeID);
  }
});

/** Returns whether nothing changed while the plane was connected, so no change can have ended the connection. */
function isUnchangedFirst([first, second]: readonly Version[]): boolean {
  return first?.planeID === second?.planeID && first?.ca === second?.ca;
}
