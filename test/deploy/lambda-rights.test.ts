import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describeWithTools, INSTALL_LIMIT_MS } from './tools/checks';
import { pythonTools } from './tools/python-tools';
import { resourceOf, resourcesOf, translateTemplate, type Resource, type Stack } from './tools/stack';

const ROOT = path.join(__dirname, '..', '..');

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource?: unknown;
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

describeWithTools('who may do what by deploy/lambda/template.yaml', ['python'], () => {
  let stack: Stack;
  beforeAll(async () => {
    [stack] = (await translateTemplate(await pythonTools(), 'build-1.zip')) as [Stack];
  }, INSTALL_LIMIT_MS);

  const resource = (name: string): Resource => resourceOf(stack, name);
  const ofType = (type: string) => resourcesOf(stack, type);
  const policiesOf = (role: string): Statement[] =>
    (resource(role).Properties['Policies'] as { PolicyDocument: { Statement: Statement[] } }[]).flatMap(
      ({ PolicyDocument }) => PolicyDocument.Statement,
    );
  const trustOf = (role: string): Statement[] =>
    (resource(role).Properties['AssumeRolePolicyDocument'] as { Statement: Statement[] }).Statement;

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

  test('of the bucket it may do what the store asks S3 for: neither less nor more', () => {
    const actions: Readonly<Record<string, readonly string[]>> = {
      GetObject: ['s3:GetObject'],
      PutObject: ['s3:PutObject'],
      CopyObject: ['s3:GetObject', 's3:PutObject'],
      DeleteObject: ['s3:DeleteObject'],
      ListObjectsV2: ['s3:ListBucket'],
    };
    const store = readFileSync(path.join(ROOT, 'storage', 's3-store.ts'), 'utf8');
    const asked = [...store.matchAll(/new (\w+)Command\(/g)].flatMap(
      ([, command = '']) => actions[command] ?? [`of ${command}: add it here`],
    );
    const granted = policiesOf('ExecutionRole').flatMap(({ Action }) => Action);
    expect([...new Set(asked)].sort()).toEqual(granted.filter((action) => action.startsWith('s3:')).sort());
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
