/** `error.type` that Claude uses for each status. */
const TYPE_BY_STATUS: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  408: 'timeout_error',
  409: 'conflict_error',
  412: 'invalid_request_error',
  413: 'request_too_large',
  422: 'invalid_request_error',
  429: 'rate_limit_error',
  500: 'api_error',
  501: 'api_error',
  502: 'api_error',
  503: 'api_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};

const MESSAGE_BY_TYPE: Readonly<Record<string, string>> = {
  authentication_error: 'Invalid bearer token',
  billing_error: 'Your account has a billing problem',
  permission_error: 'Your API key does not have permission to use the specified resource',
  not_found_error: 'Not found',
  timeout_error: 'The request took too long',
  conflict_error: 'The resource was changed by another request',
  request_too_large: 'Request exceeds the maximum size',
  rate_limit_error: 'This request would exceed your rate limit',
  api_error: 'Internal server error',
  overloaded_error: 'Overloaded',
  invalid_request_error: 'Invalid request',
};

/** What an error is sent as when it is not Claude's JSON: a page, as an edge server before the API sends it, nothing, or half of the JSON. */
export const ERROR_BODY_FORMS = ['html', 'empty', 'broken'] as const;
export type ErrorBodyForm = (typeof ERROR_BODY_FORMS)[number];

/** An answer with an error status, as Claude would give it. */
export interface ApiError {
  readonly status: number;
  readonly type: string;
  readonly message: string;
  /** `error.details.error_code`. */
  readonly errorCode?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** @default Claude's JSON */
  readonly body?: ErrorBodyForm;
}

export interface ApiErrorFields {
  readonly type?: string | undefined;
  readonly message?: string | undefined;
  readonly errorCode?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: ErrorBodyForm | undefined;
}

/** An error of a status with Claude's type and words unless others are given. */
export function apiError(status: number, fields: ApiErrorFields = {}): ApiError {
  const type = fields.type ?? TYPE_BY_STATUS[status] ?? (status >= 500 ? 'api_error' : 'invalid_request_error');
  return {
    status,
    type,
    message: fields.message ?? MESSAGE_BY_TYPE[type] ?? type,
    ...(fields.errorCode === undefined ? {} : { errorCode: fields.errorCode }),
    ...(fields.headers === undefined ? {} : { headers: fields.headers }),
    ...(fields.body === undefined ? {} : { body: fields.body }),
  };
}

export const invalidRequest = (message: string, errorCode?: string): ApiError => apiError(400, { message, errorCode });

/** The JSON body of an error; `request_id` equals the header. */
export function errorBody(error: Pick<ApiError, 'type' | 'message' | 'errorCode'>, requestId: string): Record<string, unknown> {
  return {
    type: 'error',
    error: {
      type: error.type,
      message: error.message,
      ...(error.errorCode === undefined ? {} : { details: { error_code: error.errorCode } }),
    },
    request_id: requestId,
  };
}

export function errorPage(status: number): string {
  return `<html>\r\n<head><title>${status}</title></head>\r\n<body>\r\n<center><h1>${status}</h1></center>\r\n</body>\r\n</html>\r\n`;
}
