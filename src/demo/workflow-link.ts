import { type TemporalServer } from '../local/temporal-server';

/** Where the Temporal UI shows a workflow; without a UI of our own, what to look for in another. */
export function workflowLink(
  { namespace, uiUrl }: Pick<TemporalServer, 'namespace' | 'uiUrl'>,
  workflowId: string,
): string {
  return uiUrl === undefined
    ? `workflow ${workflowId} in namespace ${namespace}`
    : `${uiUrl}/namespaces/${encodeURIComponent(namespace)}/workflows/${encodeURIComponent(workflowId)}`;
}
