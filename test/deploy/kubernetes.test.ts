import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { CALL_OPTIONS } from '../../common/call-options';
import { FUNCTION_WINDOW_MS } from '../../common/routing';
import { poolOf, TASK_QUEUE } from '../../common/task-queues';
import { workerOptions } from '../../worker/options';
import { describeWithTools, INSTALL_LIMIT_MS } from './tools/checks';
import { kedaDefinitions, kustomizeProgram } from './tools/go-tools';
import { unknownSettings } from './tools/known-settings';
import { pythonTools, type PythonTools } from './tools/python-tools';
import { outputOf } from './tools/run-tool';

const K8S = path.join(__dirname, '..', '..', 'deploy', 'k8s');
const OVERLAYS = readdirSync(path.join(K8S, 'overlays'));

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Readonly<Record<string, string>> };
  readonly spec: unknown;
  readonly data?: Readonly<Record<string, string>>;
  readonly stringData?: Readonly<Record<string, string>>;
}

interface Looked {
  readonly documents: readonly Manifest[];
  /** Kinds that a custom resource definition describes. */
  readonly described: readonly string[];
  readonly faults: readonly string[];
}

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
  let tools: PythonTools;
  let folder: string;
  let definitions: string;
  let looked: ReadonlyMap<string, Looked>;

  /** Builds a copy with the faults of the test in it. */
  const build = async (name: string, overlay: string, plant?: { file: string; from: string; to: string }): Promise<string> => {
    const copy = path.join(folder, name);
    cpSync(K8S, copy, { recursive: true });
    if (plant !== undefined) {
      const file = path.join(copy, plant.file);
      const text = readFileSync(file, 'utf8');
      expect(text).toContain(plant.from);
      writeFileSync(file, text.replace(plant.from, plant.to));
    }
    const output = path.join(folder, `${name}.yaml`);
    await outputOf([await kustomizeProgram(), 'build', path.join(copy, 'overlays', overlay), '--output', output]);
    return output;
  };

  beforeAll(async () => {
    [tools, definitions] = await Promise.all([pythonTools(), kedaDefinitions(), kustomizeProgram()]);
    folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-k8s-'));
    const built = await Promise.all(OVERLAYS.map((overlay) => build(overlay, overlay)));
    const results = (await tools.inspect('manifests', definitions, ...built)) as Looked[];
    looked = new Map(OVERLAYS.flatMap((overlay, at) => (results[at] === undefined ? [] : [[overlay, results[at]]])));
  }, INSTALL_LIMIT_MS);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const of = <Spec>(overlay: string, kind: string): Manifest & { readonly spec: Spec } => {
    const found = looked.get(overlay)?.documents.filter((each) => each.kind === kind) ?? [];
    expect(found).toHaveLength(1);
    return found[0] as Manifest & { readonly spec: Spec };
  };
  const podOf = (overlay: string) => of<{ template: { spec: PodSpec } }>(overlay, 'Deployment').spec.template.spec;

  test('the built-in kinds have only fields that Kubernetes knows; a planted fault is found', async () => {
    const planted = {
      file: 'base/deployment.yaml',
      from: 'terminationGracePeriodSeconds: 1830',
      to: "terminationGracePeriodSeconds: 'long'",
    };
    const faulty = await build('wrong-type', 'local', planted);
    const files = [...OVERLAYS.map((overlay) => path.join(folder, `${overlay}.yaml`)), path.join(K8S, 'secret.example.yaml'), faulty];
    const { code, stdout, stderr } = await tools.kubernetesValidate(files);
    const failed = `${stdout}\n${stderr}`.split('\n').filter((line) => line.startsWith('ERROR'));
    expect(code).not.toBe(0);
    expect(failed).toEqual([expect.stringContaining(faulty)]);
  });

  test("KEDA's kinds have only fields that KEDA knows; a planted fault is found", async () => {
    for (const overlay of OVERLAYS) expect(looked.get(overlay)).toMatchObject({ faults: [] });
    expect(looked.get('cloud')?.described).toEqual(['ScaledObject', 'TriggerAuthentication']);
    const plants = [
      { file: 'base/scaled-object.yaml', from: 'cooldownPeriod: 300', to: 'cooldownPeriods: 300' },
      { file: 'base/scaled-object.yaml', from: 'maxReplicaCount: 10', to: 'maxReplicaCount: ten' },
    ];
    const built = await Promise.all(plants.map((plant, at) => build(`keda-${at}`, 'local', plant)));
    const results = (await tools.inspect('manifests', definitions, ...built)) as Looked[];
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
    expect(looked.get(overlay)?.documents.filter(({ kind }) => kind === 'Secret')).toEqual([]);
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
    const [{ documents } = { documents: [] }] = (await tools.inspect(
      'manifests',
      definitions,
      path.join(K8S, 'secret.example.yaml'),
    )) as Looked[];
    expect(documents.map(({ metadata, stringData }) => [metadata.name, stringData])).toEqual([
      ['troupe-keys', { ANTHROPIC_API_KEY: '', TEMPORAL_API_KEY: '' }],
    ]);
  });
});
