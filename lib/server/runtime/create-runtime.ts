import 'server-only';
import type { Logger } from 'pino';
import { paced } from '@/lib/plane/time/pace';
import { CatalogReader } from '@/lib/server/catalog/catalog-reader';
import { schemaProblemText } from '@/lib/server/catalog/schema-problem';
import { CertificateCache } from '@/lib/server/certificates/certificate-cache';
import { GatewayCertificates } from '@/lib/server/certificates/gateway-certificates';
import type { Config } from '@/lib/server/config/config';
import { hasSignIn } from '@/lib/server/config/sign-in-config';
import { FeedHub } from '@/lib/server/feed/feed-hub';
import { FirstLists } from '@/lib/server/feed/first-lists';
import { FleetAnswers } from '@/lib/server/feed/fleet-answers';
import { ContactProber } from '@/lib/server/fleet/contact-prober';
import { EditVersions } from '@/lib/server/fleet/edit-versions';
import { FieldDigests } from '@/lib/server/fleet/field-digests';
import { FleetEngine } from '@/lib/server/fleet/fleet-engine';
import { FleetSnapshots } from '@/lib/server/fleet/fleet-snapshots';
import { PlaneReflectors } from '@/lib/server/fleet/plane-reflectors';
import { SecretReferences } from '@/lib/server/fleet/secret-references';
import { PlaneHistory } from '@/lib/server/history/plane-history';
import { ApiServerClock } from '@/lib/server/kube/api-server-clock';
import { KubeClient } from '@/lib/server/kube/kube-client';
import { KubeConnection } from '@/lib/server/kube/kube-connection';
import type { KubeError } from '@/lib/server/kube/kube-error';
import type { LoadedKubeconfig } from '@/lib/server/kube/kubeconfig';
import { isKubeconfigError } from '@/lib/server/kube/kubeconfig-error';
import { OutageLog } from '@/lib/server/log/outage-log';
import { WatchChecker } from '@/lib/server/reflector/watch-checker';
import { ControllerWatch } from '@/lib/server/related/controller-watch';
import { GatewayShapeReader } from '@/lib/server/related/gateway-shape-reader';
import { PlaneEventHub } from '@/lib/server/related/plane-event-hub';
import { IdentityReader } from '@/lib/server/rights/identity-reader';
import { People } from '@/lib/server/rights/people';
import type { View } from '@/lib/server/rights/view';
import { createWall, type Wall } from '@/lib/server/wall/wall';

const CERTIFICATE_TICK_MS = 5000;

/** Everything that lives as long as the process. */
export interface Runtime {
  readonly installation: string;
  /** The namespaces whose planes are shown; empty: all. */
  readonly namespaces: readonly string[];
  readonly client: KubeClient;
  readonly clock: ApiServerClock;
  readonly identity: IdentityReader;
  /** The people who act with tokens of their own. */
  readonly people: People;
  readonly catalog: CatalogReader;
  readonly engine: FleetEngine;
  readonly certificates: Pick<
    CertificateCache,
    'fingerprintsOf' | 'storedCertificatesOf' | 'viewed' | 'caSecretOf' | 'countForbiddenCas'
  >;
  readonly secretReferences: SecretReferences;
  readonly editVersions: EditVersions;
  readonly history: PlaneHistory;
  readonly snapshots: FleetSnapshots;
  readonly fleetAnswers: FleetAnswers;
  readonly feed: FeedHub;
  readonly firstLists: FirstLists;
  readonly planeEvents: PlaneEventHub;
  readonly wall: Wall;
  readonly stop: () => Promise<void>;
}

export interface RuntimeOptions {
  readonly config: Pick<
    Config,
    'installation' | 'auth' | 'limits' | 'wall' | 'wallLinks' | 'controlPlaneNamespace' | 'namespaces'
  >;
  /** Reads the credential; called again when its files change or the API server rejects it. */
  readonly loadCredential: () => LoadedKubeconfig;
  readonly log: Logger;
}

/**
 * Builds and starts everything.
 *
 * @throws KubeconfigError when there is no usable credential
 */
export function createRuntime({ config, loadCredential, log }: RuntimeOptions): Runtime {
  const clock = new ApiServerClock();
  const reloadOutage = new OutageLog(log, 'reading the kubeconfig');
  const connection = new KubeConnection(loadCredential, {
    onReloaded: () => reloadOutage.worked(),
    // Only the loader's own sentences are logged; another error's message could quote the file.
    onReloadFailed: (error) =>
      reloadOutage.failed('kubeconfig', isKubeconfigError(error) ? { problem: error.message } : {}),
    onOtherCluster: () => {
      log.warn('the kubeconfig now points to another cluster; reading everything again');
      history.clear();
      editVersions.clear();
      wall.tokenCache.forget();
      gatewayShape.forget();
      controllerWatch.forget();
      gatewayCertificates.restart();
      reflectors.relistOtherCluster();
      catalog.readNow();
    },
  });
  const client = new KubeClient(connection, clock);
  const people = new People(connection, clock);
  const nowMs = () => clock.nowMs();
  const serverTime = () => new Date(clock.nowMs()).toISOString();
  const installation = config.installation ?? connection.contextName;

  const checker = new WatchChecker();
  const certificates = new CertificateCache(
    client,
    (uid) => engine.markChanged(uid),
    (uid, changes) => engine.changeSecrets(uid, changes),
  );
  // Without sign-in, the account is the person's own, and what it may not read is no surprise.
  const countsUnchecked = hasSignIn(config.auth);
  let uncheckedCas = 0;
  const gatewayCertificates = new GatewayCertificates({
    client,
    namespace: config.controlPlaneNamespace,
    nowMs,
  });
  const secretReferences = new SecretReferences();
  const fieldDigests = new FieldDigests();
  const editVersions = new EditVersions();
  const history = new PlaneHistory();
  const engine = new FleetEngine({
    limits: config.limits,
    nowMs,
    clock,
    onStrangeTime: () => prober.probeNow(),
    onClockSet: (byMs) => gatewayCertificates.shiftClock(byMs),
    certificates,
    gatewayFacts: () => gatewayCertificates.facts,
    uncheckedCas: () => uncheckedCas,
    history,
    onRemoved: (uid) => {
      secretReferences.forget(uid);
      fieldDigests.forget(uid);
      editVersions.forget(uid);
    },
  });
  const gatewayShape = new GatewayShapeReader(client, config.controlPlaneNamespace, (shape) =>
    engine.setGateway(shape),
  );
  const controllerWatch = new ControllerWatch({
    client,
    namespace: config.controlPlaneNamespace,
    nowMs,
    isNeeded: () => engine.needsController,
    onFacts: (facts) => engine.setController(facts),
  });
  const snapshots = new FleetSnapshots(engine, installation, serverTime);
  const snapshotJson = (view: View) => snapshots.json(view);
  const fleetAnswers = new FleetAnswers(snapshotJson);
  const feed = new FeedHub({ engine, serverTime, snapshots });
  const firstLists = new FirstLists(engine);
  const planeEvents = new PlaneEventHub({
    checker,
    serverTime,
    isApiServerReachable: () => engine.apiServer.isReachable,
  });

  const wall = createWall({
    mode: config.wall,
    links: config.wallLinks,
    namespace: config.controlPlaneNamespace,
    installation,
    engine,
    client,
    nowMs,
    log,
  });

  const reflectors = new PlaneReflectors({
    client,
    checker,
    engine,
    certificates,
    secretReferences,
    fieldDigests,
    editVersions,
    namespaces: config.namespaces,
    onNotServed: () => catalog.readNow(),
    onFailed: (scope, error, retryInMs) => {
      // Logs an outage once for each watch, not at each attempt.
      const before = engine.sources.stateOf(scope);
      const level = before === 'live' || before === 'syncing' ? 'warn' : 'debug';
      log[level](
        { ...scope, code: error.code, status: error.status, retryInMs: Math.round(retryInMs) },
        'watch failed',
      );
    },
  });
  const discoveryOutage = new OutageLog(log, 'discovery');
  const schemaOutage = new OutageLog(log, 'reading the schemas');
  const catalog = new CatalogReader(
    client,
    nowMs,
    ({ kinds, schemaProblem }) => {
      discoveryOutage.worked();
      if (schemaProblem) schemaOutage.failed(schemaProblem.code, { status: schemaProblem.status });
      else schemaOutage.worked();
      engine.apiServer.catalogFailed(schemaProblemText(schemaProblem) ?? null);
      engine.apiServer.contact();
      engine.apiServer.installed((kinds ?? []).length > 0);
      engine.setServedKinds((kinds ?? []).map(({ entry }) => entry));
      reflectors.follow(kinds ?? []);
    },
    (error) => {
      discoveryOutage.failed(error.code, { status: error.status });
      engine.apiServer.catalogFailed(`The installed plane kinds can't be read. ${error.message}`);
    },
  );
  const identity = new IdentityReader(client);
  const prober = new ContactProber(
    client,
    () => {
      const before = engine.apiServer.wire().state;
      engine.apiServer.contact();
      if (before !== 'connecting' && before !== 'unreachable' && before !== 'unauthorized') return;
      log.info('connected to the API server');
      // No need to wait for the next attempt; earlier attempts may hang on dead connections.
      reflectors.retryNow();
      void identity.refresh();
      if (before === 'connecting') return;
      catalog.readNow();
      gatewayShape.readNow();
      reflectors.interrupt(engine.sources.notWatching());
    },
    (error) => {
      const isRejected = error.code === 'unauthorized';
      if (engine.apiServer.isReachable)
        log.warn(
          { code: error.code },
          isRejected
            ? "the API server rejected Planeboard's credentials"
            : 'reading from the API server failed',
        );
      engine.apiServer.failed(isRejected, sentenceOf(error));
      reflectors.interrupt(engine.sources.lostContact(sentenceOf(error)));
    },
  );

  const certificateTimer = setInterval(() => {
    certificates.tick();
    if (countsUnchecked) uncheckedCas = certificates.countForbiddenCas();
  }, paced(CERTIFICATE_TICK_MS));
  engine.start();
  feed.start();
  gatewayShape.readNow();
  controllerWatch.start();
  catalog.readNow();
  prober.start();
  gatewayCertificates.start();
  // Lets the first page name the user.
  void identity.refresh();

  return {
    installation,
    namespaces: config.namespaces,
    client,
    clock,
    identity,
    people,
    catalog,
    engine,
    certificates,
    secretReferences,
    editVersions,
    history,
    snapshots,
    fleetAnswers,
    feed,
    firstLists,
    planeEvents,
    wall,
    stop: async () => {
      feed.close();
      wall.stop();
      planeEvents.close();
      clearInterval(certificateTimer);
      prober.stop();
      checker.stop();
      catalog.stop();
      certificates.stop();
      gatewayShape.stop();
      controllerWatch.stop();
      gatewayCertificates.stop();
      engine.stop();
      await reflectors.stop();
      await people.stop();
      await connection.close();
    },
  };
}

function sentenceOf(error: KubeError): string {
  return error.code === 'unauthorized'
    ? "The API server rejected Planeboard's credentials. They may have expired."
    : error.message;
}
