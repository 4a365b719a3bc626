import path from 'node:path';

import { CALL_OPTIONS } from '../../common/call-options';
import { FUNCTION_WINDOW_MS } from '../../common/routing';
import { poolOf, TASK_QUEUE } from '../../common/task-queues';
import { workerOptions } from '../../worker/options';
import { describeWithTools, INSTALL_LIMIT_MS } from './tools/checks';
import { unknownSettings } from './tools/known-settings';
import { buildOverlays, K8S, OVERLAYS, type Overlays } from './tools/overlays';

interface PodSpec {
  readonly terminationGracePeriodSeconds: number;
  readonly securityContext: unknown;
  readonly containers: readonly {
    readonly image: string;
    readonly args: readonly string[];
    readonly securityContext: unknown;
    readonly envFrom: readonly { readonly configMapRef?: { readonly name: string }; readonly secretRef?: { readonly name: string } }[];
  }[];
}

interface ScaledObjectSpec {
  readonly minReplicaCount: number;
  readonly scaleTargetRef: { readonly name: string };
  readonly triggers: readonly {
    readonly type: string;
    readonly metadata: Readonly<Record<string, string>>;
    readonly authenticationRef?: { readonly name: string };
  }[];
}

describeWithTools('deploy/k8s', ['python', 'go'], () => {
  let overlays: Overlays;
  beforeAll(async () => {
    overlays = await buildOverlays();
  }, INSTALL_LIMIT_MS);
  afterAll(() => overlays?.remove());

  const of = <Spec>(overlay: string, kind: string) => overlays.one<Spec>(overlay, kind);
  const podOf = (overlay: string) => of<{ template: { spec: PodSpec } }>(overlay, 'Deployment').spec.template.spec;

  test('the built-in kinds have only fields that Kubernetes knows; a planted fault is found', async () => {
    const planted = {
      file: 'base/deployment.yaml',
      from: 'terminationGracePeriodSeconds: 1830',
      to: "terminationGracePeriodSeconds: 'long'",
    };
    const faulty = await overlays.build('wrong-type', 'local', planted);
    const files = [...OVERLAYS.map((overlay) => overlays.fileOf(overlay)), path.join(K8S, 'secret.example.yaml'), faulty];
    const { code, stdout, stderr } = await overlays.tools.kubernetesValidate(files);
    const failed = `${stdout}\n${stderr}`.split('\n').filter((line) => line.startsWith('ERROR'));
    expect(code).not.toBe(0);
    expect(failed).toEqual([expect.stringContaining(faulty)]);
  });

  test("KEDA's kinds have only fields that KEDA knows; a planted fault is found", async () => {
    for (const overlay of OVERLAYS) expect(overlays.faultsOf(overlay)).toMatchObject({ faults: [] });
    expect(overlays.faultsOf('cloud').described).toEqual(['ScaledObject', 'TriggerAuthentication']);
    const plants = [
      { file: 'base/scaled-object.yaml', from: 'cooldownPeriod: 300', to: 'cooldownPeriods: 300' },
      { file: 'base/scaled-object.yaml', from: 'maxReplicaCount: 10', to: 'maxReplicaCount: ten' },
    ];
    const built = await Promise.all(plants.map((plant, at) => overlays.build(`keda-${at}`, 'local', plant)));
    const results = await overlays.inspect(...built);
    expect(results.map(({ faults }) => faults)).toEqual([
      [expect.stringContaining('cooldownPeriods')],
      [expect.stringContaining("'ten' is not of type 'integer'")],
    ]);
  });

  test.each(OVERLAYS)('%s: a worker that stops has time for its longest call, and then to say so', (overlay) => {
    const longest = Math.max(FUNCTION_WINDOW_MS, ...Object.values(CALL_OPTIONS).map(({ startToCloseMs }) => startToCloseMs));
    const shared = { namespace: 'default', activities: {}, connection: undefined as never }; // only handed on
    const [main, pool] = [TASK_QUEUE, poolOf(TASK_QUEUE)].map((taskQueue) =>
      Number(workerOptions({ ...shared, taskQueue }).shutdownGraceTime),
    );
    expect(main).toBeGreaterThanOrEqual(longest);
    expect(pool).toBeGreaterThanOrEqual(2 * longest);
    expect(podOf(overlay).terminationGracePeriodSeconds * 1_000).toBeGreaterThanOrEqual(Math.max(main ?? 0, pool ?? 0) + 10_000);
  });

  test.each(OVERLAYS)('%s: the worker has no rights that it does not need', (overlay) => {
    const pod = podOf(overlay);
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(pod.containers).toMatchObject([
      {
        args: ['worker', '--json'],
        securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
      },
    ]);
    expect(pod).toMatchObject({ automountServiceAccountToken: false, serviceAccountName: of(overlay, 'ServiceAccount').metadata.name });
  });

  test.each(OVERLAYS)('%s: settings are such that Troupe reads, and the names of what it is given match', (overlay) => {
    const settings = of(overlay, 'ConfigMap');
    expect(Object.keys(settings.data ?? {})).toEqual(expect.arrayContaining(['TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE', 'TROUPE_STORE']));
    expect(unknownSettings(Object.keys(settings.data ?? {}))).toEqual([]);
    expect(podOf(overlay).containers[0]?.envFrom).toEqual([
      { configMapRef: { name: settings.metadata.name } },
      { secretRef: { name: 'troupe-keys' } },
    ]);
    expect(overlays.documentsOf(overlay).filter(({ kind }) => kind === 'Secret')).toEqual([]);
  });

  test.each(OVERLAYS)('%s: KEDA scales this deployment, from zero, on the queue of the workers and at their server', (overlay) => {
    const { spec } = of<ScaledObjectSpec>(overlay, 'ScaledObject');
    expect(spec).toMatchObject({ minReplicaCount: 0, scaleTargetRef: { name: of(overlay, 'Deployment').metadata.name } });
    expect(of(overlay, 'Deployment').spec).not.toHaveProperty('replicas');
    const queues = overlay.endsWith('-pool') ? [`${TASK_QUEUE}-pool`] : [TASK_QUEUE, `${TASK_QUEUE}-pool`];
    const metadata = { endpointFromEnv: 'TEMPORAL_ADDRESS', namespaceFromEnv: 'TEMPORAL_NAMESPACE' };
    expect(spec.triggers).toMatchObject(queues.map((taskQueue) => ({ type: 'temporal', metadata: { ...metadata, taskQueue } })));
    expect(of(overlay, 'ConfigMap').data?.['TROUPE_SERVES']).toBe(overlay.endsWith('-pool') ? 'pool' : undefined);
  });

  test('TLS is off where the server has none, and on together with the key of Temporal Cloud', () => {
    const triggersOf = (overlay: string) => of<ScaledObjectSpec>(overlay, 'ScaledObject').spec.triggers;
    for (const trigger of triggersOf('local')) {
      expect(trigger.metadata['enableTLS']).toBe('false');
      expect(trigger.authenticationRef).toBeUndefined();
    }
    for (const overlay of ['cloud', 'cloud-pool']) {
      const authentication = of<{ secretTargetRef: unknown }>(overlay, 'TriggerAuthentication');
      expect(authentication.spec.secretTargetRef).toEqual([{ parameter: 'apiKey', name: 'troupe-keys', key: 'TEMPORAL_API_KEY' }]);
      for (const trigger of triggersOf(overlay)) {
        expect(trigger.metadata['enableTLS']).toBe('true');
        expect(trigger.authenticationRef).toEqual({ name: authentication.metadata.name });
      }
    }
  });

  test('the example of the secret names the keys that are read, without any', async () => {
    const [{ documents } = { documents: [] }] = await overlays.inspect(path.join(K8S, 'secret.example.yaml'));
    expect(documents.map(({ metadata, stringData }) => [metadata.name, stringData])).toEqual([
      ['troupe-keys', { ANTHROPIC_API_KEY: '', TEMPORAL_API_KEY: '' }],
    ]);
  });
});
