import { formatCount } from '@/lib/plane/model/text';
import { formatAge, formatUtc, parseTimeMs } from '@/lib/plane/time/age';
import { MINUTE_MS } from '@/lib/plane/time/duration';
import type { z } from '@/lib/zod';
import type { incidentSchema } from './health';

type Report = Omit<z.infer<typeof incidentSchema>, 'message'>;

/** What the message depends on besides the report. */
interface MessageContext {
  readonly place: 'fleet' | 'wall';
  /** Whether all losses are certain. If not, the heartbeats of some planes are only late, and not stale yet. */
  readonly certain: boolean;
  /** The time within which the planes were lost, milliseconds; null: they may all have been lost at the start. */
  readonly spreadMs: number | null;
}

/** The title of an incident. Only if nothing else was up, the control plane is the likely cause. */
export function incidentTitle({ code }: Pick<Report, 'code'>): string {
  return code === 'control-plane' ? 'Control plane incident' : 'Planes lost together';
}

/** Describes an incident: how many planes, when, how many came back, and the likely cause. */
export function incidentMessage(report: Report, context: MessageContext): string {
  const { planes, lost } = report;
  const back = planes - lost;
  const recovery =
    back === 0
      ? ''
      : // Some of them may be lost again, in another incident.
        ` ${formatCount(back)} came back, ${formatCount(lost)} didn't.`;
  return `${lossText(report, context)}${whenText(report, context)}${recovery} ${incidentCause(report)}`;
}

/** Returns the likely cause of an incident in a sentence. */
export function incidentCause({ code, kind }: Pick<Report, 'code' | 'kind'>): string {
  if (code === 'control-plane') {
    const suspect = {
      disconnected: 'the cluster gateway',
      frozen: 'the controller or the gateway',
      mixed: 'the gateway or the controller',
    }[kind];
    return `The likely cause is ${suspect} of the control plane, not the planes.`;
  }
  const suspect = {
    disconnected: 'a gateway replica or a network',
    frozen: 'a controller or a gateway replica',
    mixed: 'a gateway replica, a controller or a network',
  }[kind];
  return `The likely cause is something that they share, such as ${suspect}.`;
}

function whatHappened(kind: Report['kind'], certain: boolean): string {
  const frozen = certain ? 'went stale' : 'became late or stale';
  return { disconnected: 'disconnected', frozen, mixed: `disconnected or ${frozen}` }[kind];
}

function lossText(
  { kind, planes, connectedBefore }: Report,
  { place, certain, spreadMs }: MessageContext,
): string {
  const where = place === 'wall' ? ' on this wall' : '';
  // A wall may show one plane of an incident.
  const together =
    spreadMs !== null
      ? `within ${formatAge(Math.ceil(spreadMs / MINUTE_MS) * MINUTE_MS)}`
      : planes === 1
        ? 'together with other planes'
        : 'together';
  const who =
    planes < connectedBefore
      ? `${formatCount(planes)} of ${formatCount(connectedBefore)} connected planes`
      : planes === 1
        ? 'The connected plane'
        : `All ${formatCount(planes)} connected planes`;
  return `${who}${where} ${whatHappened(kind, certain)} ${together}`;
}

/** Completes the sentence of the loss with its start, if that is known. */
function whenText(report: Report, { spreadMs }: MessageContext): string {
  if (report.since === null) return ". The recorded times are in the future, so the start isn't known.";
  return `, ${spreadMs === null ? '' : 'the first '}${startText(report)}.`;
}

/** Describes the start by its bounds, on the API server's clock. */
function startText({ since, startedBy }: Report): string {
  const fromMs = parseTimeMs(since) ?? 0;
  const toMs = parseTimeMs(startedBy);
  if (toMs === null) return `after ${formatUtc(fromMs)}`;
  if (toMs === fromMs) return `by ${formatUtc(toMs)}`;
  const [from, to] = [formatUtc(fromMs).replace(' UTC', ''), formatUtc(toMs)];
  return `between ${from} and ${from.slice(0, 10) === to.slice(0, 10) ? to.slice(11) : to}`;
}
