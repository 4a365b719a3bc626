import { readFileSync } from 'node:fs';
import path from 'node:path';

import { readSettings } from '../../common/settings';
import { poolOf, TASK_QUEUE } from '../../common/task-queues';
import { describeWithTools, INSTALL_LIMIT_MS } from './tools/checks';
import { triggerFields, type TriggerField } from './tools/go-tools';
import { buildOverlays, K8S, OVERLAYS, type Overlays } from './tools/overlays';

const ROOT = path.join(K8S, '..', '..');

type Labels = Readonly<Record<string, string>>;

interface Workload {
  readonly strategy: object;
  readonly selector: { readonly matchLabels: Labels };
  readonly template: { readonly metadata: { readonly labels: Labels }; readonly spec: Pod };
}

interface Pod {
  readonly securityContext: object;
  readonly volumes: readonly { readonly name: string; readonly emptyDir?: object }[];
  readonly containers: readonly {
    readonly image: string;
    readonly resources: object;
    readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
  }[];
}

interface Trigger {
  readonly metadata: Readonly<Record<string, string>>;
}

/** What KEDA would ignore or stumble over. */
function faultsOf({ metadata }: Trigger, fields: ReadonlyMap<string, TriggerField>): string[] {
  return Object.entries(metadata).flatMap(([key, value]) => {
    const field = fields.get(key.replace(/FromEnv$/, ''));
    if (field === undefined || (key.endsWith('FromEnv') && !field.fromEnv)) return [`KEDA does not read "${key}"`];
    const forms: Readonly<Record<string, RegExp>> = {
      int64: /^\d+$/,
      int: /^\d+$/,
      bool: /^(true|false)$/,
      '[]string': /^(workflow|activity|nexus)(,(workflow|activity|nexus))*$/,
    };
    return (forms[field.type] ?? /./).test(value) ? [] : [`"${key}" is "${value}"`];
  });
}

/** What no schema says: that the parts of deploy/k8s mean each other, and what Troupe and KEDA make of them. */
describeWithTools('the parts of deploy/k8s', ['python', 'go'], () => {
  let overlays: Overlays;
  let fields: ReadonlyMap<string, TriggerField>;
  beforeAll(async () => {
    overlays = await buildOverlays();
    fields = await triggerFields();
  }, INSTALL_LIMIT_MS);
  afterAll(() => overlays?.remove());

  const workloadOf = (overlay: string) => overlays.one<Workload>(overlay, 'Deployment').spec;
  const settingsOf = (overlay: string) => overlays.one(overlay, 'ConfigMap').data ?? {};

  test.each(OVERLAYS)('%s: has each part, all in one namespace that demands restricted pods', (overlay) => {
    const documents = overlays.documentsOf(overlay);
    const own = ['ConfigMap', 'Deployment', 'Namespace', 'NetworkPolicy', 'PodDisruptionBudget', 'ScaledObject', 'ServiceAccount'];
    const authentication = overlay === 'local' ? [] : ['TriggerAuthentication'];
    expect(documents.map(({ kind }) => kind).sort()).toEqual([...own, ...authentication]);
    const namespace = overlays.one(overlay, 'Namespace').metadata;
    expect(namespace).toMatchObject({ name: 'troupe', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } });
    const others = documents.filter(({ kind }) => kind !== 'Namespace');
    expect(others.filter(({ metadata }) => metadata.namespace !== namespace.name)).toEqual([]);
  });

  test.each(OVERLAYS)('%s: the values of the settings are such that a worker takes, with a store that pods share', (overlay) => {
    const settings = settingsOf(overlay);
    expect(readSettings(settings)).toMatchObject({ TROUPE_MAX_CALLS: 100, TROUPE_SERVES: overlay.endsWith('-pool') ? 'pool' : 'all' });
    expect(settings['TROUPE_STORE']).toMatch(/^s3:\/\/[^/]+\/\w+$/);
    expect(settings['AWS_REGION']).toBeDefined();
    expect(settings['TEMPORAL_ADDRESS']).toMatch(/^[\w.-]+:\d+$/);
  });

  test.each(OVERLAYS)(
    '%s: the pod is the image as its Dockerfile means it, with a folder to write to and memory for its calls',
    (overlay) => {
      const pod = workloadOf(overlay).template.spec;
      const [, user = '', group = ''] =
        /^USER (\d+):(\d+)$/m.exec(readFileSync(path.join(ROOT, 'deploy/container/Dockerfile'), 'utf8')) ?? [];
      const [runAsUser, runAsGroup] = [Number(user), Number(group)];
      expect(pod.securityContext).toMatchObject({ runAsUser, runAsGroup, fsGroup: runAsGroup });
      expect(pod.containers).toMatchObject([
        {
          image: overlay === 'local' ? 'troupe:dev' : 'REGISTRY/troupe:BUILD',
          volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
          resources: { requests: { cpu: '250m', memory: '512Mi' }, limits: { memory: '1Gi' } },
        },
      ]);
      expect(pod.volumes).toMatchObject([{ name: 'tmp', emptyDir: {} }]);
      // A worker that is throttled misses its heartbeats.
      expect(pod.containers[0]?.resources).not.toHaveProperty('limits.cpu');
    },
  );

  test.each(OVERLAYS)('%s: what is said of pods is said of these; nodes can be drained, and nobody calls them', (overlay) => {
    const { selector, template, strategy } = workloadOf(overlay);
    expect(strategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } });
    expect(template.metadata.labels).toEqual(selector.matchLabels);
    expect(Object.keys(selector.matchLabels)).not.toEqual([]);
    expect(overlays.one(overlay, 'PodDisruptionBudget').spec).toEqual({ maxUnavailable: 1, selector });
    expect(overlays.one(overlay, 'NetworkPolicy').spec).toEqual({ policyTypes: ['Ingress'], ingress: [], podSelector: selector });
  });

  test.each(OVERLAYS)('%s: triggers say what KEDA reads, begin at one task, and fill a worker before the next one', (overlay) => {
    const { triggers, ...scaled } = overlays.one<{ triggers: readonly Trigger[] }>(overlay, 'ScaledObject').spec;
    // As docs/deploy-kubernetes.md says.
    expect(scaled).toMatchObject({ pollingInterval: 5, cooldownPeriod: 300, maxReplicaCount: 10 });
    expect(triggers.flatMap((trigger) => faultsOf(trigger, fields))).toEqual([]);
    const types: Readonly<Record<string, string>> = { [TASK_QUEUE]: 'workflow,activity', [poolOf(TASK_QUEUE)]: 'activity' };
    for (const { metadata } of triggers) {
      expect(metadata['queueTypes']).toBe(types[metadata['taskQueue'] ?? '']);
      expect(metadata['activationTargetQueueSize']).toBe('0');
      expect(Number(metadata['targetQueueSize'])).toBeLessThanOrEqual(Number(settingsOf(overlay)['TROUPE_MAX_CALLS']));
    }
  });

  test('faults of a trigger are found', () => {
    const faulty = {
      targetQueueSizes: '5',
      targetQueueSize: 'many',
      queueTypes: 'workflow,activities',
      enableTLSFromEnv: 'X',
      enableTLS: 'yes',
    };
    expect(faultsOf({ metadata: faulty }, fields)).toHaveLength(Object.keys(faulty).length);
    expect(fields.get('endpoint')).toEqual({ type: 'string', fromEnv: true });
    expect(fields.has('buildId')).toBe(false);
  });

  test('workers on Cloud reach the bucket by the role of their service account', () => {
    for (const overlay of ['cloud', 'cloud-pool']) {
      expect(overlays.one(overlay, 'ServiceAccount').metadata.annotations).toEqual({
        'eks.amazonaws.com/role-arn': 'arn:aws:iam::ACCOUNT:role/troupe-worker',
      });
    }
  });

  test('the example of the secret goes where the workers are', async () => {
    const [{ documents } = { documents: [] }] = await overlays.inspect(path.join(K8S, 'secret.example.yaml'));
    expect(documents[0]?.metadata.namespace).toBe(overlays.one('cloud', 'Namespace').metadata.name);
  });
});
