import { type Layer } from '@koa/router';
import { type AppMiddleware } from '../app-context';
import { HttpProblem } from '../http-problem';

/** Comes after all routers: says that nothing is here, or that it takes other methods. */
export function unmatched(): AppMiddleware {
  return function unmatched(context) {
    const { matched = [] } = context as { readonly matched?: readonly Layer[] };
    const methods = new Set(matched.flatMap((layer) => layer.methods));
    if (methods.size === 0) {
      throw new HttpProblem('not_found');
    }
    const allow = [...methods].sort().join(', ');
    throw new HttpProblem('method_not_allowed', {
      detail: `${context.method} is not allowed here; ${allow} is.`,
      headers: { Allow: allow },
    });
  };
}
