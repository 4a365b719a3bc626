import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { CALL_DEFAULTS } from '../../common/call-options';
import { readSettings } from '../../common/settings';
import { invocationWindow } from '../../worker/serverless/window';
import { describeWithTools, INSTALL_LIMIT_MS } from './tools/checks';
import { unknownSettings } from './tools/known-settings';
import { pythonTools, type PythonTools } from './tools/python-tools';
import { resourceOf, resourcesOf, TEMPLATE, translateTemplate, type Resource, type Stack } from './tools/stack';

/** A value that is left out unless its parameter is given. */
const ifGiven = (condition: string, value: unknown) => ({ 'Fn::If': [condition, value, { Ref: 'AWS::NoValue' }] });

describeWithTools('deploy/lambda/template.yaml', ['python'], () => {
  let tools: PythonTools;
  let stack: Stack;
  let withOtherPackage: Stack;
  let folder: string;

  beforeAll(async () => {
    tools = await pythonTools();
    folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-template-'));
    [stack, withOtherPackage] = (await translateTemplate(tools, 'build-1.zip', 'build-2.zip')) as [Stack, Stack];
  }, INSTALL_LIMIT_MS);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const resource = (name: string): Resource => resourceOf(stack, name);
  const ofType = (type: string) => resourcesOf(stack, type);
  const only = (type: string): [string, Resource] => {
    const [found, ...more] = ofType(type);
    if (found === undefined || more.length > 0) throw new Error(`The template does not have exactly one "${type}"`);
    return found;
  };

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
      LogGroup: { Ref: 'WorkerLogs' },
    });
  });
});
