import { kubectl } from '@/lib/plane/model/shell-commands';
import { formatAge, formatUtc, parseTimeMs } from '@/lib/plane/time/age';
import type { ClockFacts } from './clock-facts';
import type { ControlPlaneFinding } from './gateway-certificates';

/**
 * Returns the problem of an API server whose responses show two clocks, or whose clock isn't that of heartbeats. Ages
 * are measured on one of them, so a jump makes no plane stale.
 *
 * @param clock null: there is one clock
 */
export function clockFindings(clock: ClockFacts | null): ControlPlaneFinding[] {
  if (!clock) return [];
  const by = formatAge(Math.abs(clock.jumpMs));
  const direction = clock.jumpMs > 0 ? 'ahead' : 'back';
  const noticedAtMs = parseTimeMs(clock.noticedAt);
  const at = noticedAtMs === null ? '' : `, noticed at ${formatUtc(noticedAtMs)}`;
  const common = {
    severity: 'warning' as const,
    since: clock.noticedAt,
    remedy: {
      text: "Check the time synchronization of the control plane's nodes, and of proxies in front of the API server. This command prints the time in one response.",
      command: kubectl('control-plane', null, "get --raw /readyz -v=8 2>&1 | grep -i ' date:'; date -u"),
    },
  };
  if (clock.ofHeartbeats) {
    const off = `${by} ${clock.jumpMs > 0 ? 'ahead of' : 'behind'} the API server's clock`;
    return [
      {
        ...common,
        code: 'heartbeat-clock-differs',
        title: `Some heartbeats are ${off}`,
        message: `New heartbeats keep arriving whose times are ${off}${at}. Either clock may be wrong.`,
        consequence:
          "Ages are measured on the API server's clock. Times written by the other clock are moved by the difference.",
      },
    ];
  }
  if (clock.mixed)
    return [
      {
        ...common,
        code: 'api-server-clocks-differ',
        title: `The API server's clocks differ by ${by}`,
        message: `Its responses show two times, ${by} apart. Probably its replicas, or a proxy, have different clocks.`,
        consequence: clock.confirmed
          ? 'Ages are measured on the clock that new heartbeats follow.'
          : 'Ages are measured on the earlier clock, because no new heartbeat shows which one is right.',
      },
    ];
  return [
    {
      ...common,
      code: 'api-server-clock-jumped',
      title: `The API server's clock jumped by ${by}`,
      message: `Its clock was set ${direction} by ${by}${at}${clock.undone ? ', and has been set back since' : ''}.`,
      consequence: jumpConsequence(clock),
    },
  ];
}

function jumpConsequence({ followed, confirmed, undone }: ClockFacts): string {
  if (undone)
    return 'Ages are still measured on the clock in between, until new heartbeats show which one is right.';
  if (followed)
    return confirmed
      ? 'New heartbeats follow it, so ages are measured on it. Earlier times are moved with it.'
      : 'Ages are now measured on the new clock. Earlier times are moved with it.';
  return confirmed
    ? 'New heartbeats still follow the earlier clock, so ages are still measured on it.'
    : 'Ages are measured on the earlier clock until new heartbeats show which one is right.';
}
