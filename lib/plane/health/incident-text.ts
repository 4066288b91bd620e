import { formatCount } from '@/lib/plane/model/text';
import { formatUtc, parseTimeMs } from '@/lib/plane/time/age';
import type { z } from '@/lib/zod';
import type { incidentSchema } from './health';

type Report = Omit<z.infer<typeof incidentSchema>, 'message'>;

/** The title of an incident. Only if nothing else was up, the control plane is the likely cause. */
export function incidentTitle({ code }: Pick<Report, 'code'>): string {
  return code === 'control-plane' ? 'Control plane incident' : 'Planes lost together';
}

/** Describes an incident: how many planes, when, how many are back, and the likely cause. */
export function incidentMessage(report: Report, place: 'fleet' | 'wall'): string {
  const { planes, lost } = report;
  const back = planes - lost;
  const recovery =
    back === 0
      ? ''
      : ` ${formatCount(back)} ${back === 1 ? 'is' : 'are'} back, ${formatCount(lost)} ${lost === 1 ? "isn't" : "aren't"}.`;
  return `${lossText(report, place)}, ${startText(report)}.${recovery} ${incidentCause(report)}`;
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

const WHAT = {
  disconnected: 'disconnected',
  frozen: 'went stale',
  mixed: 'disconnected or went stale',
} as const;

function lossText({ kind, planes, connectedBefore }: Report, place: 'fleet' | 'wall'): string {
  const where = place === 'wall' ? ' on this wall' : '';
  // A wall may show one plane of an incident.
  const together = planes === 1 ? 'together with other planes' : 'together';
  const who =
    planes < connectedBefore
      ? `${formatCount(planes)} of ${formatCount(connectedBefore)} connected planes`
      : planes === 1
        ? 'The connected plane'
        : `All ${formatCount(planes)} connected planes`;
  return `${who}${where} ${WHAT[kind]} ${together}`;
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
