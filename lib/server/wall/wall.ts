import 'server-only';
import type { Logger } from 'pino';
import type { WallMode } from '@/lib/server/config/config';
import type { WallLinkConfig } from '@/lib/server/config/wall-config';
import type { FleetEngine } from '@/lib/server/fleet/fleet-engine';
import { setKnownWallTokens } from '@/lib/server/http/wall-cookie';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import { OutageLog } from '@/lib/server/log/outage-log';
import { buildId } from '@/lib/server/process/build-id';
import { LinkSightings } from './link-sightings';
import { WallFrameBuilder } from './wall-frame-builder';
import { WallHub } from './wall-hub';
import { WallTokenCache } from './wall-token-cache';
import { wallViewKey } from './wall-view';

export interface WallOptions {
  readonly mode: WallMode;
  readonly links: WallLinkConfig;
  /** The namespace of the ConfigMap with the tokens. */
  readonly namespace: string;
  readonly installation: string;
  readonly engine: FleetEngine;
  readonly client: KubeClient;
  /** The API server's clock. */
  readonly nowMs: () => number;
  readonly log: Logger;
}

/** The status wall's side of the runtime. Costs nothing while no wall is shown. */
export interface Wall {
  readonly mode: WallMode;
  readonly hub: WallHub;
  readonly tokenCache: WallTokenCache;
  readonly sightings: LinkSightings;
  /** Called when this process created or revoked a token: checks the open walls now. */
  readonly tokensChanged: () => Promise<void>;
  readonly stop: () => void;
}

export function createWall(options: WallOptions): Wall {
  const { mode, links, namespace, installation, engine, client, nowMs, log } = options;
  const outage = new OutageLog(log, 'reading the wall links');
  const tokenCache = new WallTokenCache({
    client,
    namespace,
    links,
    nowMs,
    onRead: () => outage.worked(),
    onFailed: ({ code, status }) => outage.failed(code, { status }),
  });
  setKnownWallTokens((token) => tokenCache.isKnown(token));
  const frames = new WallFrameBuilder({ engine, installation, build: buildId(), nowMs });
  const sightings = new LinkSightings(nowMs);
  const hub = new WallHub(
    engine,
    frames,
    () => (mode === 'token' ? tokenCache.refresh() : Promise.resolve()),
    ({ id, sha256 }, view) => {
      // Unknown whether it was revoked: a screen that reconnects gets the reason why it isn't admitted.
      if (!tokenCache.isReadable) return 'changed';
      if (!tokenCache.has({ id, sha256 })) return 'revoked';
      const stored = tokenCache.find(id);
      // The reconnecting screen gets the reason.
      if (!stored) return 'changed';
      const now = wallViewKey({ ...view, limits: stored.limits });
      return now === wallViewKey(view) ? 'valid' : 'changed';
    },
    sightings,
  );
  hub.start();
  return {
    mode,
    hub,
    tokenCache,
    sightings,
    tokensChanged: async () => {
      await tokenCache.refresh();
      hub.checkTokens();
    },
    stop: () => hub.close(),
  };
}
