import { certificatesOf } from '@/lib/plane/health/certificate-facts';
import type { CertificateFact, HealthLimits, ParsedCa, PlaneFacts } from '@/lib/plane/health/health-facts';
import type { Plane } from '@/lib/plane/model/plane';
import { type CertificateKind, certificateKind } from './certificate-kind';
import { type NextStep, NOTHING_NAMED, nextStep, STEP_GROUPS, type StepGroup } from './next-step';

/** A certificate as the server lists it. */
export interface ListedCertificate {
  readonly fingerprint: string;
  readonly subject: string;
  /** Null: it issued itself. */
  readonly issuer: string | null;
  readonly isCa: boolean;
  readonly notAfter: string;
}

/** Where one credential of a plane is stored, and the certificates in it. */
export interface ListedPlace {
  readonly uid: string;
  readonly slot: string;
  readonly secret: { readonly namespace: string; readonly name: string; readonly key: string } | null;
  readonly fingerprints: readonly string[];
}

/** What the server lists beside the planes. */
export interface ListedCertificates {
  readonly certificates: readonly ListedCertificate[];
  readonly places: readonly ListedPlace[];
}

/** A plane whose certificates are listed. */
export type CertifiedPlane = Pick<Plane, 'uid' | 'planeID' | 'chartsUnknown' | 'deletingSince'> & {
  readonly facts: Pick<PlaneFacts, 'certificate' | 'credentials'>;
};

/** One certificate that a plane depends on, or its place without one. */
export interface CertificateEntry<P extends CertifiedPlane> {
  readonly plane: P;
  /** Within a sentence: `agent CA`. */
  readonly label: string;
  /** Null: the CA that verifies the agent. */
  readonly slot: string | null;
  readonly fact: CertificateFact;
  readonly step: NextStep;
  /** Where it's stored; null: not known. */
  readonly place: ListedPlace | null;
  /** The certificate that ends last; null: none was read. */
  readonly certificate: ListedCertificate | null;
  readonly kind: CertificateKind | null;
  /** All planes that depend on one of the same certificates, this one included. */
  readonly users: readonly P[];
}

/**
 * Returns the certificates of planes with what to do about each, most urgent first. Planes that are being deleted need
 * none.
 *
 * @param planes in the order of those with the same urgency
 * @param listed null until it's known where certificates are stored
 * @param agentCaSlot the slot by which the list names the CA that verifies an agent
 * @param nowMs the API server's clock, milliseconds since the epoch
 */
export function certificateEntries<P extends CertifiedPlane>(
  planes: readonly P[],
  listed: ListedCertificates | null,
  agentCaSlot: string,
  limits: HealthLimits,
  nowMs: number,
): CertificateEntry<P>[] {
  const living = planes.filter(({ deletingSince }) => deletingSince === undefined);
  const { certificates, places } = listed ?? NOTHING_LISTED;
  const byFingerprint = new Map(certificates.map((one) => [one.fingerprint, one]));
  const placeOf = new Map(places.map((place) => [`${place.uid} ${place.slot}`, place]));
  const usersOf = usersByPlace(living, places);
  return living
    .flatMap((plane) =>
      certificatesOf(plane.facts).map(({ label, slot, fact }): CertificateEntry<P> => {
        const place = placeOf.get(`${plane.uid} ${slot ?? agentCaSlot}`) ?? null;
        const certificate = fact.state === 'parsed' ? lastOf(fact, place, byFingerprint) : null;
        const users = place ? usersOf(place) : NO_USERS;
        return {
          plane,
          label,
          slot,
          fact,
          step:
            listed !== null && place === null && fact.state === 'not-checked'
              ? NOTHING_NAMED
              : nextStep(plane, fact, limits, nowMs),
          place,
          certificate,
          kind: certificate && certificateKind(certificate, users.areSeveral),
          users: users.planes,
        };
      }),
    )
    .toSorted((a, b) => byUrgency(a.step, b.step));
}

const NOTHING_LISTED: ListedCertificates = { certificates: [], places: [] };

/** Returns entries by what is to be done, most urgent first; groups without entries are left out. */
export function groupedByStep<P extends CertifiedPlane>(
  entries: readonly CertificateEntry<P>[],
): { readonly group: StepGroup; readonly entries: readonly CertificateEntry<P>[] }[] {
  return STEP_GROUPS.map((group) => ({
    group,
    entries: entries.filter(({ step }) => step.group === group),
  })).filter((one) => one.entries.length > 0);
}

function byUrgency(a: NextStep, b: NextStep): number {
  const order = STEP_GROUPS.indexOf(a.group) - STEP_GROUPS.indexOf(b.group);
  return order || compareTimes(a.atMs, b.atMs);
}

/** What has no time comes first: within its group it can't wait for one. */
function compareTimes(aMs: number | null, bMs: number | null): number {
  if (aMs === bMs) return 0;
  return (aMs ?? Number.NEGATIVE_INFINITY) - (bMs ?? Number.NEGATIVE_INFINITY);
}

interface Users<P> {
  readonly planes: readonly P[];
  /** Whether they have different planeIDs: planes with the same one have the same agent. */
  readonly areSeveral: boolean;
}

const NO_USERS: Users<never> = { planes: [], areSeveral: false };

/** Returns a function that finds the planes which depend on a place's certificates, once for all that share them. */
function usersByPlace<P extends CertifiedPlane>(
  planes: readonly P[],
  places: readonly ListedPlace[],
): (place: ListedPlace) => Users<P> {
  const planeOf = new Map(planes.map((plane) => [plane.uid, plane]));
  const byFingerprint = new Map<string, Set<P>>();
  for (const { uid, fingerprints } of places) {
    const plane = planeOf.get(uid);
    if (plane === undefined) continue;
    for (const fingerprint of fingerprints)
      byFingerprint.set(fingerprint, (byFingerprint.get(fingerprint) ?? new Set()).add(plane));
  }
  const known = new Map<string, Users<P>>();
  return ({ fingerprints }) => {
    const key = fingerprints.join();
    const before = known.get(key);
    if (before) return before;
    const all = new Set(fingerprints.flatMap((one) => [...(byFingerprint.get(one) ?? [])]));
    const users = {
      planes: [...all],
      areSeveral: new Set([...all].map(({ planeID }) => planeID)).size > 1,
    };
    known.set(key, users);
    return users;
  };
}

/** Returns the certificate that the fact describes: the one that ends last. */
function lastOf(
  { notAfter, subject }: ParsedCa,
  place: ListedPlace | null,
  byFingerprint: ReadonlyMap<string, ListedCertificate>,
): ListedCertificate | null {
  const stored = (place?.fingerprints ?? []).flatMap((one) => byFingerprint.get(one) ?? []);
  return stored.find((one) => one.notAfter === notAfter && one.subject === subject) ?? null;
}
