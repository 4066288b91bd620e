import type { ControlPlaneFinding } from '@/lib/plane/health/gateway-certificates';
import { type FittedText, fitText } from './fit-text';
import { leastTextPx, type Screen } from './letter-sizes';
import { fontForCapPx, type TextFace } from './text-face';

/** A finding about the control plane as a wall gets it: without commands. */
export type WallFinding = Pick<
  ControlPlaneFinding,
  'code' | 'severity' | 'title' | 'message' | 'consequence'
>;

export interface ControlPlaneNotice {
  readonly severity: WallFinding['severity'];
  readonly title: FittedText;
  readonly message: FittedText;
  readonly padPx: number;
  readonly heightPx: number;
}

/** The largest share of the room, unless the smallest readable type needs more. */
const MOST_OF_ROOM = 0.22;
const TITLE_SHARE = 0.5;
/** The cap height of the title, as a fraction of the screen's height. */
const TITLE_CAP = 0.032;
/** The shape and the gap after it, as a fraction of the title's font. */
const SHAPE_EM = 1.2;
const MESSAGE_OF_TITLE = 0.68;

/**
 * Lays out the worst finding about the control plane as a notice, which also says how many more there are; null if
 * there are none.
 *
 * @param findings errors first
 */
export function controlPlaneNotice(
  findings: readonly WallFinding[],
  width: number,
  roomPx: number,
  screen: Screen,
  face: TextFace,
): ControlPlaneNotice | null {
  const [worst] = findings;
  if (!worst) return null;
  const padPx = Math.min(screen.width, screen.height) * 0.015;
  const inner = width - 2 * padPx;
  const height = roomPx * MOST_OF_ROOM - 2 * padPx;
  const minPx = leastTextPx(screen, face);
  const maxPx = Math.max(minPx, Math.min(fontForCapPx(screen.height * TITLE_CAP, face), inner / 12));
  const more = findings.length > 1 ? `, and ${findings.length - 1} more` : '';
  const title = fitText(
    `${worst.title}${more}`,
    { width: inner - SHAPE_EM * maxPx, height: height * TITLE_SHARE, minPx, maxPx },
    face,
  );
  const message = fitText(
    `${worst.message} ${worst.consequence}`,
    {
      width: inner,
      height: height - title.heightPx,
      minPx,
      maxPx: Math.max(minPx, title.fontPx * MESSAGE_OF_TITLE),
    },
    face,
  );
  return {
    severity: worst.severity,
    title,
    message,
    padPx,
    heightPx: title.heightPx + message.heightPx + 2 * padPx,
  };
}
