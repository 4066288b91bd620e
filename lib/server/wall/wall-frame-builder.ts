import 'server-only';
import type { WallFrame, WallKeepalive } from '@/lib/api/wall';
import type { FleetEngine } from '@/lib/server/fleet/fleet-engine';
import { type View, WHOLE_FLEET } from '@/lib/server/rights/view';
import { wallIncidents } from './wall-incidents';
import { outsideCounts } from './wall-outside';
import {
  type ObservedPlane,
  wallApiServer,
  wallControlPlane,
  wallPlanes,
  wallSources,
} from './wall-projection';
import type { WallView } from './wall-view';

export interface WallFrameBuilderOptions {
  readonly engine: FleetEngine;
  readonly installation: string;
  readonly build: string;
  /** The API server's clock. */
  readonly nowMs: () => number;
}

/** A frame as text, and the content that differs only when the wall does. */
export interface EncodedFrame {
  readonly json: string;
  readonly content: string;
}

/** Builds the frames of walls from the fleet. */
export class WallFrameBuilder {
  constructor(private readonly options: WallFrameBuilderOptions) {}

  /** Returns the fleet that a link's limits let see, with its current health. */
  planes(limited: View): ObservedPlane[] {
    const { engine } = this.options;
    // Brings the whole fleet up to date first.
    engine.records();
    return engine
      .viewed(limited)
      .observedRows()
      .map(({ row, observed }) => ({ plane: row.wire(), observed }));
  }

  /**
   * Returns one wall's frame, of the planes that its link's limits let see.
   *
   * @param person who previews the wall, and gets to know nothing else about kinds and the control plane
   */
  frame(planes: readonly ObservedPlane[], view: WallView, person: View = WHOLE_FLEET): EncodedFrame {
    const { engine, installation, build, nowMs } = this.options;
    const { serverTime, apiServer, sources } = this.envelope(view, person);
    const content: Omit<WallFrame, 'serverTime' | 'apiServer' | 'sources'> = {
      epoch: engine.epoch,
      build,
      installation,
      incidents: wallIncidents(engine, planes, view),
      controlPlane: wallControlPlane(engine.viewed(person).controlPlane(engine.controlPlane)),
      planes: wallPlanes(planes, view, nowMs()),
      limits: view.limits,
      outside: outsideCounts(planes, view, nowMs()),
    };
    const text = JSON.stringify(content);
    // Contact changes all the time, and keep-alives report it.
    const states = [apiServer, ...sources].map(({ state, problem = '' }) => `${state} ${problem}`).join();
    return {
      json: `${JSON.stringify({ serverTime, apiServer, sources }).slice(0, -1)},${text.slice(1)}`,
      content: `${states} ${text}`,
    };
  }

  keepalive(view: WallView): string {
    return JSON.stringify({
      ...this.envelope(view, WHOLE_FLEET),
      build: this.options.build,
    } satisfies WallKeepalive);
  }

  private envelope(view: WallView, person: View): Pick<WallFrame, 'serverTime' | 'apiServer' | 'sources'> {
    const { engine, nowMs } = this.options;
    return {
      serverTime: new Date(nowMs()).toISOString(),
      apiServer: wallApiServer(engine.apiServer.wire()),
      sources: wallSources(engine.viewed(person).sources(engine.sources.wire()), view),
    };
  }
}
