import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { CALL_DEFAULTS } from '../../common/call-options';
import { readSettings } from '../../common/settings';
import { invocationWindow } from '../../worker/serverless/window';
import { describeWithTools, INSTALL_LIMIT_MS } from './tools/checks';
import { unknownSettings } from './tools/known-settings';
import { pythonTools, type PythonTools } from './tools/python-tools';

const ROOT = path.join(__dirname, '..', '..');
const TEMPLATE = path.join(ROOT, 'deploy', 'lambda', 'template.yaml');

interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

interface Stack {
  readonly Parameters: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly Conditions: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
}

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource?: unknown;
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

describeWithTools('deploy/lambda/template.yaml', ['python'], () => {
  let tools: PythonTools;
  let stack: Stack;
  let withOtherPackage: Stack;
  let folder: string;

  beforeAll(async () => {
    tools = await pythonTools();
    folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-template-'));
    [stack, withOtherPackage] = (await tools.inspect('translate', TEMPLATE, 'build-1.zip', 'build-2.zip')) as [Stack, Stack];
  }, INSTALL_LIMIT_MS);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const resource = (name: string): Resource => {
    const found = stack.Resources[name];
    if (found === undefined) throw new Error(`The template has no resource "${name}"`);
    return found;
  };
  const ofType = (type: string) => Object.entries(stack.Resources).filter(([, each]) => each.Type === type);
  const only = (type: string): [string, Resource] => {
    const [found, ...more] = ofType(type);
    if (found === undefined || more.length > 0) throw new Error(`The template does not have exactly one "${type}"`);
    return found;
  };
  const policiesOf = (role: string): Statement[] =>
    (resource(role).Properties['Policies'] as { PolicyDocument: { Statement: Statement[] } }[]).flatMap(
      ({ PolicyDocument }) => PolicyDocument.Statement,
    );
  /** A value that is left out unless its parameter is given. */
  const ifGiven = (condition: string, value: unknown) => ({ 'Fn::If': [condition, value, { Ref: 'AWS::NoValue' }] });
  const trustOf = (role: string): Statement[] =>
    (resource(role).Properties['AssumeRolePolicyDocument'] as { Statement: Statement[] }).Statement;

  test('cfn-lint finds nothing in it, and finds the faults planted in a copy', async () => {
    const copy = path.join(folder, 'template.yaml');
    const planted = readFileSync(TEMPLATE, 'utf8')
      .replace('!GetAtt ExecutionRole.Arn', '!GetAtt ExecutionRole.Name')
      .replace('MaximumRetryAttempts: 0', 'MaximumRetryAttempts: none');
    writeFileSync(copy, planted);
    const [real, faulty] = await Promise.all([tools.cfnLint([TEMPLATE]), tools.cfnLint([copy])]);
    expect(real).toMatchObject({ code: 0, stdout: '' });
    expect(faulty.stdout).toMatch(/E1010/);
    expect(faulty.stdout).toMatch(/MaximumRetryAttempts|'none' is not of type/);
  });

  test('another package publishes another version, and earlier versions stay', () => {
    const [version, published] = only('AWS::Lambda::Version');
    expect(published.DeletionPolicy).toBe('Retain');
    expect(Object.keys(withOtherPackage.Resources)).not.toContain(version);
    expect(stack.Outputs['FunctionVersionArn']?.Value).toEqual({ Ref: version });
  });

  test('Lambda itself retries no wake-up, at the version that Temporal invokes', () => {
    const [version] = only('AWS::Lambda::Version');
    const configs = ofType('AWS::Lambda::EventInvokeConfig');
    expect(configs).toEqual([
      [
        'WorkerInvocations',
        expect.objectContaining({
          DeletionPolicy: 'Retain',
          UpdateReplacePolicy: 'Retain',
          Properties: {
            FunctionName: { Ref: 'WorkerFunction' },
            Qualifier: { 'Fn::GetAtt': [version, 'Version'] },
            MaximumRetryAttempts: 0,
            MaximumEventAgeInSeconds: 60,
          },
        }),
      ],
    ]);
  });

  test('the function runs what the package has, within what Lambda allows', () => {
    const { Handler, Runtime, Architectures, Timeout, MemorySize, Code, ...more } = resource('WorkerFunction').Properties;
    expect(Handler).toBe('index.handler');
    expect(Code).toEqual({ S3Bucket: 'given', S3Key: 'build-1.zip' });
    expect([Runtime, Architectures, MemorySize]).toEqual([{ Ref: 'Runtime' }, [{ Ref: 'Architecture' }], { Ref: 'MemoryMb' }]);
    expect(more).toMatchObject({
      Role: { 'Fn::GetAtt': ['ExecutionRole', 'Arn'] },
      // The only group that its role may write to.
      LoggingConfig: { LogGroup: { Ref: 'WorkerLogs' } },
      ReservedConcurrentExecutions: ifGiven('HasMaxConcurrency', { Ref: 'MaxConcurrency' }),
    });
    // None at all would throttle every wake-up.
    expect(stack.Conditions['HasMaxConcurrency']).toEqual({ 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'MaxConcurrency' }, 0] }] });
    expect(stack.Parameters['MaxConcurrency']).toMatchObject({ Type: 'Number', Default: 0 });
    expect(Timeout).toBeLessThanOrEqual(900);
    expect(invocationWindow(Number(Timeout) * 1_000).graceMs).toBeGreaterThanOrEqual(CALL_DEFAULTS.startToCloseMs);
    const allowed = (name: string) => stack.Parameters[name]?.['AllowedValues'] as (string | number)[];
    expect(allowed('Runtime')).toEqual(['nodejs22.x', 'nodejs24.x']);
    expect(allowed('Architecture')).toEqual(['arm64', 'x86_64']);
    expect(Number(stack.Parameters['MemoryMb']?.['MinValue'])).toBeGreaterThanOrEqual(512);
  });

  test('every variable of its environment is one that Troupe or Temporal reads', () => {
    const { Variables } = resource('WorkerFunction').Properties['Environment'] as { Variables: Record<string, unknown> };
    expect(Variables).toEqual({
      TEMPORAL_ADDRESS: { Ref: 'TemporalAddress' },
      TEMPORAL_NAMESPACE: { Ref: 'TemporalNamespace' },
      TROUPE_BUILD_ID: { Ref: 'BuildId' },
      TROUPE_DEPLOYMENT: { Ref: 'Deployment' },
      TROUPE_SECRETS: { Ref: 'Keys' },
      TROUPE_STORE: { 'Fn::Sub': 's3://${Store}/${StorePrefix}' },
      TROUPE_MODEL_FAST: ifGiven('HasModelFast', { Ref: 'ModelFast' }),
      TROUPE_MODEL_BALANCED: ifGiven('HasModelBalanced', { Ref: 'ModelBalanced' }),
      TROUPE_MODEL_BEST: ifGiven('HasModelBest', { Ref: 'ModelBest' }),
      TROUPE_MAX_CALLS: { Ref: 'MaxCalls' },
      TROUPE_TOOLS: ifGiven('HasTools', '/opt/tools.json'),
    });
    expect(unknownSettings(Object.keys(Variables))).toEqual([]);
    expect(unknownSettings(['TROUPE_STROE', 'TEMPORAL_ADRESS'])).toEqual(['TROUPE_STROE', 'TEMPORAL_ADRESS']);
  });

  test('settings that are not given are those of the worker: no variable, no layer', () => {
    expect(resource('WorkerFunction').Properties['Layers']).toEqual(ifGiven('HasTools', [{ Ref: 'ToolsLayerArn' }]));
    const parameters = {
      HasModelFast: 'ModelFast',
      HasModelBalanced: 'ModelBalanced',
      HasModelBest: 'ModelBest',
      HasTools: 'ToolsLayerArn',
    };
    for (const [condition, name] of Object.entries(parameters)) {
      expect(stack.Parameters[name]).toMatchObject({ Type: 'String', Default: '' });
      expect(stack.Conditions[condition]).toEqual({ 'Fn::Not': [{ 'Fn::Equals': [{ Ref: name }, ''] }] });
    }
    const { Default: most, MinValue: from, MaxValue: to } = stack.Parameters['MaxCalls'] ?? {};
    expect(readSettings({})).toMatchObject({ TROUPE_MAX_CALLS: most });
    const maxCalls = (value: number) => () => readSettings({ TROUPE_MAX_CALLS: String(value) });
    for (const allowed of [Number(from), Number(to)]) expect(maxCalls(allowed)).not.toThrow();
    for (const refused of [Number(from) - 1, Number(to) + 1]) expect(maxCalls(refused)).toThrow(/TROUPE_MAX_CALLS/);
  });

  test('the worker may write its log, use its folder of the bucket, list it, and read its keys: nothing else', () => {
    expect(trustOf('ExecutionRole')).toEqual([
      { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ]);
    expect(resource('ExecutionRole').Properties['ManagedPolicyArns']).toBeUndefined();
    expect(policiesOf('ExecutionRole').map(({ Effect, Action, Resource: on }) => [Effect, Action, on])).toEqual([
      ['Allow', ['logs:CreateLogStream', 'logs:PutLogEvents'], { 'Fn::GetAtt': ['WorkerLogs', 'Arn'] }],
      ['Allow', ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], { 'Fn::Sub': '${Store.Arn}/${StorePrefix}/*' }],
      ['Allow', 's3:ListBucket', { 'Fn::GetAtt': ['Store', 'Arn'] }],
      ['Allow', 'secretsmanager:GetSecretValue', { Ref: 'Keys' }],
    ]);
  });

  test('Temporal may wake versions of this function, if it presents the external id: nothing else', () => {
    expect(trustOf('InvokeRole')).toEqual([
      {
        Effect: 'Allow',
        Principal: { AWS: { Ref: 'TemporalPrincipals' } },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': { Ref: 'ExternalId' } } },
      },
    ]);
    expect(stack.Parameters['TemporalPrincipals']).toMatchObject({ Type: 'CommaDelimitedList' });
    expect(stack.Parameters['ExternalId']).not.toHaveProperty('Default');
    expect(resource('InvokeRole').Properties['ManagedPolicyArns']).toBeUndefined();
    expect(policiesOf('InvokeRole').map(({ Effect, Action, Resource: on }) => [Effect, Action, on])).toEqual([
      ['Allow', ['lambda:InvokeFunction', 'lambda:GetFunction'], { 'Fn::Sub': '${WorkerFunction.Arn}:*' }],
    ]);
    expect([...ofType('AWS::IAM::Role'), ...ofType('AWS::Lambda::Permission')].map(([name]) => name)).toEqual([
      'ExecutionRole',
      'InvokeRole',
    ]);
  });

  test('keys pass neither through the template nor through its parameters', () => {
    expect(resource('Keys').Properties).toEqual({ Description: expect.any(String) as string });
    expect(Object.keys(stack.Parameters).filter((name) => /key$|secret|password/i.test(name) && name !== 'CodeKey')).toEqual([]);
  });

  test('the bucket is private, encrypted, reached by TLS only, and outlives the stack', () => {
    const store = resource('Store');
    expect([store.DeletionPolicy, store.UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
    expect(store.Properties['PublicAccessBlockConfiguration']).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    expect(JSON.stringify(store.Properties['BucketEncryption'])).toContain('"SSEAlgorithm":"AES256"');
    const { Statement: statements } = resource('StorePolicy').Properties['PolicyDocument'] as { Statement: Statement[] };
    const all = [{ 'Fn::GetAtt': ['Store', 'Arn'] }, { 'Fn::Sub': '${Store.Arn}/*' }];
    const withoutTls = { Bool: { 'aws:SecureTransport': 'false' } };
    expect(statements).toMatchObject([{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: all, Condition: withoutTls }]);
  });

  test('what expires is what the code keeps in folders; the id of the store is in none and stays', () => {
    const { Rules: rules } = resource('Store').Properties['LifecycleConfiguration'] as { Rules: Record<string, unknown>[] };
    const expiring = rules.filter((rule) => 'ExpirationInDays' in rule);
    const prefixes = expiring.map(({ Prefix: prefix }) => String((prefix as { 'Fn::Sub': string })['Fn::Sub']));
    expect(prefixes.every((prefix) => /^\$\{StorePrefix\}\/[a-z]+\/$/.test(prefix))).toBe(true);
    // What says which files of rows are done is kept: a file would be paid for again.
    expect([...prefixes.map((prefix) => prefix.split('/')[1]), 'files'].sort()).toEqual(storeFolders());
    expect(expiring.filter(({ ExpirationInDays: days }) => typeof days === 'number' && days < 33)).toEqual([]);
    expect(Number(stack.Parameters['StoreDays']?.['MinValue'])).toBeGreaterThanOrEqual(90);
  });

  test('alarms watch errors, throttles, durations near the timeout and concurrency', () => {
    const alarms = ofType('AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
    expect(
      alarms.map(({ MetricName, Statistic, ComparisonOperator, Threshold }) => [MetricName, Statistic, ComparisonOperator, Threshold]),
    ).toEqual([
      ['Errors', 'Sum', 'GreaterThanThreshold', 0],
      ['Throttles', 'Sum', 'GreaterThanThreshold', 0],
      ['Duration', 'Maximum', 'GreaterThanOrEqualToThreshold', expect.any(Number)],
      ['ConcurrentExecutions', 'Maximum', 'GreaterThanThreshold', { Ref: 'ConcurrencyAlarm' }],
    ]);
    for (const alarm of alarms) {
      // A function that is not woken sends no figures.
      expect(alarm).toMatchObject({ Namespace: 'AWS/Lambda', Period: 300, EvaluationPeriods: 1, TreatMissingData: 'notBreaching' });
      expect(alarm['Dimensions']).toEqual([{ Name: 'FunctionName', Value: { Ref: 'WorkerFunction' } }]);
      expect(alarm['AlarmActions']).toEqual(ifGiven('HasAlarmTopic', [{ Ref: 'AlarmTopicArn' }]));
    }
    expect(stack.Conditions['HasAlarmTopic']).toEqual({ 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'AlarmTopicArn' }, ''] }] });
    const duration = alarms.find(({ MetricName }) => MetricName === 'Duration');
    expect(Number(duration?.['Threshold'])).toBeLessThan(Number(resource('WorkerFunction').Properties['Timeout']) * 1_000);
    expect(Number(duration?.['Threshold'])).toBeGreaterThan(CALL_DEFAULTS.startToCloseMs * 2);
  });

  test('its outputs are what registering and the commands need', () => {
    expect(Object.fromEntries(Object.entries(stack.Outputs).map(([name, { Value }]) => [name, Value]))).toEqual({
      BuildId: { Ref: 'BuildId' },
      FunctionVersionArn: { Ref: only('AWS::Lambda::Version')[0] },
      InvokeRoleArn: { 'Fn::GetAtt': ['InvokeRole', 'Arn'] },
      KeysArn: { Ref: 'Keys' },
      StoreLocation: { 'Fn::Sub': 's3://${Store}/${StorePrefix}' },
    });
  });
});

/** First names of the keys that the code puts into a store. */
function storeFolders(): string[] {
  const files = ['claude', 'storage', 'activities'].flatMap((folder) =>
    (readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }) as string[])
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(path.join(ROOT, folder, name), 'utf8')),
  );
  const folders = files.flatMap((text) => [...text.matchAll(/[`']([a-z]+)\/(?:\$\{[^}]*slice\(0, 2\)\}|\$\{kind\}|sent|sending)/g)]);
  return [...new Set(folders.map(([, name = '']) => name))].sort();
}
