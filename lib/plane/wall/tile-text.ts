import { worstReasonText } from '@/lib/plane/health/worst-reason';
import { planeTitle } from '@/lib/plane/model/display-name';
import type { BoardPlane } from './board';
import { type MeasuredReason, measureReason } from './reason-lines';
import { type TextFace, textFaceOf } from './text-face';

/** The texts of a tile that its size depends on. */
export interface TileText {
  readonly name: string;
  /** Why the plane is shown; null: no reason is known. */
  readonly reason: MeasuredReason | null;
}

/** Returns why a plane is in its state, as the list says it; null if no reason is known. */
export function healthReason({ health }: BoardPlane): string | null {
  return worstReasonText(health) || null;
}

/** Returns why a plane is in maintenance; null if no reason was given. */
export function maintenanceReason({ maintenance }: BoardPlane): string | null {
  return maintenance?.reason ?? null;
}

/** Returns a function that measures each plane's texts once. */
export function tileTexts(
  reasonOf: (plane: BoardPlane) => string | null,
  face: TextFace,
): (plane: BoardPlane) => TileText {
  const measured = new Map<BoardPlane, TileText>();
  const textFace = textFaceOf(face);
  return (plane) => {
    const known = measured.get(plane);
    if (known) return known;
    const reason = reasonOf(plane);
    const text = {
      name: planeTitle(plane),
      reason: reason === null ? null : measureReason(reason, textFace),
    };
    measured.set(plane, text);
    return text;
  };
}
