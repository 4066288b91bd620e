import { kubectl, shellQuote } from '@/lib/plane/model/shell-commands';
import { capital } from '@/lib/plane/model/text';
import { formatAge, formatUtc, formatUtcSpan, parseTimeMs } from '@/lib/plane/time/age';
import { DAY_MS } from '@/lib/plane/time/duration';
import {
  type CaChange,
  type ControlPlaneFinding,
  caChangeEndMs,
  type GatewayFacts,
} from './gateway-certificates';

/** The names of the CA's and the serving certificate's objects in OpenChoreo's charts. */
export const GATEWAY_CA = 'cluster-gateway-ca';
export const GATEWAY_CERTIFICATE = 'cluster-gateway-tls';

/** A certificate with a shorter life than the charts' counts as expiring in the last sixth of it. */
const LAST_SHARE = 1 / 6;

const REJECTED = 'lose their connection at their next reconnect';

/** What differs between the CA and the serving certificate. */
interface Subject {
  readonly code: 'gateway-ca' | 'gateway-certificate';
  readonly title: string;
  /** As the subject of a sentence. */
  readonly name: string;
  /** What happens while it isn't valid. */
  readonly rejected: string;
  /** How long before its end it counts as expiring. The charts renew it earlier, or just then. */
  readonly warningMs: number;
  readonly whenExpiring: string;
  readonly whenUnreadable: string;
  readonly renew: string;
  /** @param othersReject whether agents may reject the gateway also for another reason than this one's dates */
  readonly lastStep: (othersReject: boolean) => string;
}

const ADD_TO_AGENTS = `add the gateway's CA to the ConfigMap ${GATEWAY_CA} in every plane's cluster, beside the one in it, and restart the agents. Each disconnects for some seconds.`;
const RESTART_EFFECT = 'It disconnects every agent of every plane';

/**
 * Says which agents return after they were disconnected, as the end of a sentence. A return is promised only if nothing
 * known makes agents reject the gateway.
 */
function returnText(mayReject: boolean): string {
  return mayReject
    ? "and those that reject the gateway's certificate can't reconnect"
    : 'and they reconnect within about a minute';
}

/** Says what a restart of the gateway with the certificate in its Secret does, as sentences. */
export function gatewayRestartEffect(facts: GatewayFacts | null, nowMs: number): string {
  return `${RESTART_EFFECT}, ${reconnectText(facts, nowMs)}.`;
}

/**
 * Says which agents return after the gateway disconnected them, as the end of a sentence. Of certificates that weren't
 * read, it's unknown whether agents accept them.
 */
export function reconnectText(facts: GatewayFacts | null, nowMs: number): string {
  const isRead = facts !== null && facts.ca.state === 'read' && facts.serving.state === 'read';
  return isRead || mayRejectGateway(facts, nowMs)
    ? returnText(mayRejectGateway(facts, nowMs))
    : "and those that accept the gateway's certificate reconnect within about a minute";
}

/** Returns whether agents may reject the gateway's certificate when they connect. */
export function mayRejectGateway(facts: GatewayFacts | null, nowMs: number): boolean {
  return rejectionCauses(controlPlaneFindings(facts, nowMs)).length > 0;
}

const CA: Subject = {
  code: 'gateway-ca',
  title: 'Gateway CA',
  name: 'The CA',
  rejected: `all agents that trust only this CA ${REJECTED}`,
  warningMs: 30 * DAY_MS,
  whenExpiring: "With the charts' settings, its renewal changes its key.",
  whenUnreadable: "An agent can't verify the gateway with it.",
  renew: 'Check what cert-manager reports about it.',
  lastStep: () => `Once the gateway's CA is renewed, ${ADD_TO_AGENTS}`,
};

const SERVING: Subject = {
  code: 'gateway-certificate',
  title: 'Gateway certificate',
  name: 'The serving certificate',
  rejected: `if the gateway uses it, all agents ${REJECTED}`,
  warningMs: 14 * DAY_MS,
  whenExpiring:
    "With the charts' settings, cert-manager renews it 15 days before, so the renewal has probably failed.",
  whenUnreadable: "A gateway that starts with it can't serve agents.",
  renew: "Check why cert-manager hasn't renewed it.",
  lastStep: (othersReject) =>
    `Once cert-manager has renewed the gateway's certificate${othersReject ? ' and every agent trusts the CA that issued it' : ''}, restart the gateway. ${RESTART_EFFECT}, ${returnText(othersReject)}.`,
};

/**
 * Returns the problems of the certificates that agents verify the gateway with, errors first. What isn't known is no
 * problem. The certificate that the gateway itself uses isn't known: it may have read an earlier one when it started.
 *
 * @param facts null: not read yet
 * @param nowMs the API server's clock, milliseconds since the epoch
 * @param context the control plane's kubectl context for commands; null: unknown
 */
export function controlPlaneFindings(
  facts: GatewayFacts | null,
  nowMs: number,
  context: string | null = null,
): ControlPlaneFinding[] {
  if (facts === null) return [];
  return [
    ...validityFindings(CA, facts, nowMs),
    ...validityFindings(SERVING, facts, nowMs),
    ...trustFindings(facts, nowMs),
  ]
    .map(({ remedy, check, undo, lastStep, ...finding }) => ({
      ...finding,
      remedy: {
        text: remedy,
        command: kubectl('control-plane', context, check),
        ...(undo === undefined ? {} : { undo }),
        ...(lastStep === undefined ? {} : { lastStep }),
      },
    }))
    .toSorted((a, b) => (a.severity === b.severity ? 0 : a.severity === 'error' ? -1 : 1));
}

/** Returns the findings that may be the reason why agents reject the gateway now. */
export function rejectionCauses<Finding extends Pick<ControlPlaneFinding, 'severity' | 'code'>>(
  findings: readonly Finding[],
): Finding[] {
  return findings.filter(
    ({ severity, code }) =>
      severity === 'error' || code === 'gateway-ca-changed' || code === 'gateway-certificate-unverified',
  );
}

/** A finding whose command isn't complete: `check` is the arguments of kubectl, quoted. */
interface Draft extends Omit<ControlPlaneFinding, 'remedy'> {
  readonly remedy: string;
  readonly check: string;
  readonly undo?: string;
  readonly lastStep?: string;
}

function* validityFindings(subject: Subject, facts: GatewayFacts, nowMs: number): Generator<Draft> {
  const { code, title, rejected, renew } = subject;
  const isCa = code === 'gateway-ca';
  const others = isCa ? [] : [...validityFindings(CA, facts, nowMs), ...trustFindings(facts, nowMs)];
  const lastStep = subject.lastStep(rejectionCauses(others).length > 0);
  const certificate = isCa ? facts.ca : facts.serving;
  const object = isCa ? GATEWAY_CA : GATEWAY_CERTIFICATE;
  const where = `${subject.name} in the ${isCa ? facts.caObject : 'Secret'} ${object}`;
  // cert-manager's Certificate has the name of its Secret.
  const check = `describe certificates.cert-manager.io ${object} -n ${shellQuote(facts.namespace)}`;
  if (certificate.state === 'unreadable')
    yield {
      code: `${code}-unreadable`,
      severity: 'warning',
      title: `${title} can't be read`,
      message: `${where} can't be read: ${certificate.problem}`,
      consequence: `${subject.whenUnreadable} Its expiry isn't known.`,
      remedy: 'Check what cert-manager reports about it.',
      check,
    };
  if (certificate.state !== 'read') return;
  const beginsMs = parseTimeMs(certificate.notBefore);
  const endMs = parseTimeMs(certificate.notAfter);
  if (beginsMs === null || endMs === null) return;
  if (nowMs > endMs)
    yield {
      code: `${code}-expired`,
      severity: 'error',
      title: `${title} expired`,
      message: `${where} expired ${formatAge(nowMs - endMs)} ago, on ${formatUtc(endMs)}.`,
      consequence: `${capital(rejected)}.`,
      since: certificate.notAfter,
      remedy: renew,
      lastStep,
      check,
    };
  else if (nowMs < beginsMs)
    yield {
      code: `${code}-not-yet-valid`,
      severity: 'error',
      title: `${title} isn't valid yet`,
      message: `${where} isn't valid before ${formatUtc(beginsMs)}.`,
      consequence: `${capital(rejected)}.`,
      remedy: "Check the control plane's clocks, and what cert-manager reports about it.",
      check,
    };
  else if (nowMs >= endMs - Math.min(subject.warningMs, (endMs - beginsMs) * LAST_SHARE))
    yield {
      code: `${code}-expiring`,
      severity: 'warning',
      title: `${title} expires soon`,
      message: `${where} expires in ${formatAge(endMs - nowMs)}, on ${formatUtc(endMs)}.`,
      consequence: `After that, ${rejected}. ${subject.whenExpiring}`,
      remedy: renew,
      lastStep,
      check,
    };
}

/** The findings about which CA agents trust. */
function* trustFindings(facts: GatewayFacts, nowMs: number): Generator<Draft> {
  yield* unverifiedFindings(facts, nowMs);
  yield* changeFindings(facts, nowMs);
}

const ISSUE_AGAIN = "issue the gateway's certificate again from this CA, and restart the gateway.";
const UNDO = `If the CA or the gateway's certificate was replaced by mistake, set the earlier one back. The ConfigMap ${GATEWAY_CA} in a plane's cluster has a copy of the CA's certificate.`;

/**
 * Says how to move to the present CA, from a condition that ends with a comma: agents must trust it before the gateway uses a certificate from it. Agents that
 * trust both CAs accept the gateway before and after.
 */
function moveStep({ verified }: GatewayFacts, condition: string): string {
  const next =
    verified === false
      ? `After that, ${ISSUE_AGAIN} ${RESTART_EFFECT}, ${returnText(true)}.`
      : "Don't restart the gateway before that: it disconnects every agent, and those that trust only the earlier CA may not reconnect.";
  return `${condition}${ADD_TO_AGENTS} ${next}`;
}

function* unverifiedFindings(facts: GatewayFacts, nowMs: number): Generator<Draft> {
  const { verified, caObject, caChange, namespace } = facts;
  if (verified !== false) return;
  const isSetBack = caChange?.setBackAt !== undefined && nowMs <= caChangeEndMs(caChange);
  yield {
    code: 'gateway-certificate-unverified',
    severity: 'warning',
    title: "Gateway certificate doesn't match the CA",
    message: `The CA in the ${caObject} ${GATEWAY_CA} doesn't verify the serving certificate in the Secret ${GATEWAY_CERTIFICATE}.`,
    consequence: `If the gateway uses this certificate, all agents that trust only this CA ${REJECTED}.`,
    remedy: 'Check which CA issued it.',
    ...(isSetBack
      ? {
          lastStep: `${caChange.isBesideOther ? 'The CA that agents have was added again' : 'The CA that agents have was set back'}. ${capital(ISSUE_AGAIN)} ${RESTART_EFFECT}, ${returnText(false)}.`,
        }
      : changeSteps(facts)),
    check: `get secret ${GATEWAY_CERTIFICATE} -n ${shellQuote(namespace)} \\\n  -o jsonpath='{.data.tls\\.crt}' | base64 -d | openssl x509 -noout -issuer -dates`,
  };
}

function* changeFindings(facts: GatewayFacts, nowMs: number): Generator<Draft> {
  const { caChange, caObject, namespace } = facts;
  const seenAtMs = parseTimeMs(caChange?.seenAt);
  if (!caChange || seenAtMs === null || nowMs > caChangeEndMs(caChange)) return;
  if (caChange.setBackAt !== undefined) return;
  const againMs = parseTimeMs(caChange.changedAgainAt);
  const when = formatUtcSpan(parseTimeMs(caChange.lastSeenAt) ?? seenAtMs, seenAtMs);
  const again = againMs === null ? '' : `, and again by ${formatUtc(againMs)}`;
  const decode = caObject === 'Secret' ? ' | base64 -d' : '';
  yield {
    code: 'gateway-ca-changed',
    severity: 'warning',
    title: 'Gateway CA changed',
    message: `The CA in the ${caObject} ${GATEWAY_CA} changed ${when}${again}. Its SHA-256 fingerprint began with ${caChange.before} before and begins with ${caChange.after} now.`,
    consequence: changeConsequence(caChange),
    since: caChange.seenAt,
    remedy: 'Print the new CA.',
    ...(caChange.sameKeyUntil === undefined ? changeSteps(facts) : { lastStep: capital(ADD_TO_AGENTS) }),
    check: `get ${caObject.toLowerCase()} ${GATEWAY_CA} -n ${shellQuote(namespace)} \\\n  -o jsonpath='{.data.ca\\.crt}'${decode}`,
  };
}

/** Returns the steps for a CA that agents may not trust. An older one may already be the one that was set back. */
function changeSteps(facts: GatewayFacts): Pick<Draft, 'undo' | 'lastStep'> {
  return facts.caChange?.isOlder
    ? { lastStep: moveStep(facts, "If agents don't trust the new CA yet, ") }
    : { undo: UNDO, lastStep: moveStep(facts, 'If the CA was replaced on purpose, ') };
}

function changeConsequence({ sameKeyUntil, isOlder }: CaChange): string {
  const untilMs = parseTimeMs(sameKeyUntil);
  if (untilMs !== null)
    return `The key is the same, so agents that trust the earlier CA accept the gateway until that one expires, on ${formatUtc(untilMs)}.`;
  const rejected = `Once the gateway uses a certificate from the new CA, all agents that trust only the earlier one ${REJECTED}.`;
  return isOlder
    ? `The new CA was issued before the earlier one, so it may be one that agents already trust. ${rejected}`
    : rejected;
}
