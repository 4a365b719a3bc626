import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What was asked, and whether it was granted. */
export interface AwsCall {
  readonly action: 'AssumeRole' | 'GetFunction' | 'Invoke' | 'GetSecretValue' | 'unknown';
  readonly granted: boolean;
  /** Of AssumeRole. */
  readonly externalId?: string | null;
  /** Of Invoke: `Event` is asynchronous. */
  readonly invocationType?: string | undefined;
}

export interface AwsAccount {
  /** By ARN: the external id that a role asks for, null when it lets everybody in. */
  readonly roles: Readonly<Record<string, string | null>>;
  /** By ARN of a published version: takes an invocation. */
  readonly functions: Readonly<Record<string, () => void>>;
  /** By ARN: the text of a secret. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** The few calls to AWS that waking a function takes, as STS, Lambda and Secrets Manager answer them. */
export interface AwsEndpoint {
  /** For a program that is to take it for AWS. */
  readonly env: Readonly<Record<string, string>>;
  readonly calls: readonly AwsCall[];
  close(): Promise<void>;
}

export async function startAwsEndpoint(account: AwsAccount): Promise<AwsEndpoint> {
  const calls: AwsCall[] = [];
  /** Access keys that a role was assumed with. */
  const issued = new Set<string>();
  const server = createServer((request, response) => {
    void handle(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://aws').pathname);
    const [, arn, invocations] = /^\/2015-03-31\/functions\/(.+?)(\/invocations)?$/.exec(path) ?? [];
    if (arn !== undefined) return ofLambda(request, response, { arn, isInvoke: invocations !== undefined });
    if (request.headers['x-amz-target'] === 'secretsmanager.GetSecretValue') return getSecret(body, response);
    const form = new URLSearchParams(body);
    if (form.get('Action') === 'AssumeRole') return assumeRole(form, response);
    calls.push({ action: 'unknown', granted: false });
    response.writeHead(400).end();
  }

  function assumeRole(form: URLSearchParams, response: ServerResponse): void {
    const arn = form.get('RoleArn') ?? '';
    const externalId = form.get('ExternalId');
    const wanted = account.roles[arn];
    const granted = wanted !== undefined && (wanted === null || wanted === externalId);
    calls.push({ action: 'AssumeRole', granted, externalId });
    response.setHeader('content-type', 'text/xml');
    if (!granted) {
      const error = `<Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not authorized to perform: sts:AssumeRole on ${arn}</Message></Error>`;
      response.writeHead(403).end(`<ErrorResponse>${error}<RequestId>1</RequestId></ErrorResponse>`);
      return;
    }
    const key = `ASIA${String(issued.size).padStart(16, '0')}`;
    issued.add(key);
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const credentials = `<AccessKeyId>${key}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${until}</Expiration>`;
    const user = `<AssumedRoleUser><Arn>${arn}</Arn><AssumedRoleId>id:s</AssumedRoleId></AssumedRoleUser>`;
    const result = `<AssumeRoleResult><Credentials>${credentials}</Credentials>${user}</AssumeRoleResult>`;
    response.end(`<AssumeRoleResponse>${result}<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></AssumeRoleResponse>`);
  }

  function ofLambda(request: IncomingMessage, response: ServerResponse, { arn, isInvoke }: { arn: string; isInvoke: boolean }): void {
    const key = /Credential=([^/]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const invoke = account.functions[arn];
    const granted = issued.has(key) && invoke !== undefined;
    const type = request.headers['x-amz-invocation-type'];
    calls.push(isInvoke ? { action: 'Invoke', granted, invocationType: String(type) } : { action: 'GetFunction', granted });
    response.setHeader('content-type', 'application/json');
    if (!granted) {
      response.writeHead(403, { 'x-amzn-errortype': 'AccessDeniedException' }).end('{"Message":"not authorized"}');
    } else if (isInvoke) {
      response.writeHead(202).end();
      invoke();
    } else {
      response.end(JSON.stringify({ Configuration: { FunctionArn: arn, State: 'Active' }, Code: {} }));
    }
  }

  function getSecret(body: string, response: ServerResponse): void {
    const { SecretId: arn } = JSON.parse(body) as { SecretId: string };
    const secret = account.secrets[arn];
    calls.push({ action: 'GetSecretValue', granted: secret !== undefined });
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    if (secret === undefined) response.writeHead(400).end('{"__type":"ResourceNotFoundException","Message":"no such secret"}');
    else response.end(JSON.stringify({ ARN: arn, Name: 'troupe', SecretString: secret }));
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    calls,
    env: {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test-secret',
      AWS_REGION: 'us-east-1',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
