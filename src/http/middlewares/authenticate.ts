import { type FindTenant } from '../api-keys';
import { type AppMiddleware } from '../app-context';
import { HttpProblem } from '../http-problem';

/** Lets only requests through that carry an API key, and notes whose it is. Source: https://www.rfc-editor.org/rfc/rfc6750 */
export function authenticate(findTenant: FindTenant): AppMiddleware {
  return async function authenticate(context, next) {
    const [, apiKey] = /^Bearer +(\S+) *$/i.exec(context.get('Authorization')) ?? [];
    if (apiKey === undefined) {
      throw unauthorized('The header Authorization is missing or is not of the form `Bearer <key>`.', '');
    }
    const tenant = findTenant(apiKey);
    if (tenant === undefined) {
      throw unauthorized('The API key is not known.', ', error="invalid_token"');
    }
    context.state.tenant = tenant;
    await next();
  };
}

function unauthorized(detail: string, challengeParameters: string): HttpProblem {
  return new HttpProblem('unauthorized', {
    detail,
    errors: [{ field: 'Authorization', message: detail }],
    headers: { 'WWW-Authenticate': `Bearer realm="posthorn"${challengeParameters}` },
  });
}
