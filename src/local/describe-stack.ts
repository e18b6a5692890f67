import { type Stack } from './stack';

/** What a person needs to know of a local stack. */
export interface StackPlaces extends Pick<Stack, 'apiUrl' | 'apiKey' | 'databaseUrl' | 'temporal'> {
  readonly simulatorUrl: string;
}

/** Where everything of a local stack is found, with a request that is ready to be sent. */
export function describeStack({ apiUrl, apiKey, databaseUrl, simulatorUrl, temporal }: StackPlaces): string[] {
  const { address, namespace, uiUrl } = temporal;
  return [
    `API                    ${apiUrl}`,
    `API key                ${apiKey}`,
    ...(uiUrl === undefined ? [] : [`Temporal UI            ${uiUrl}/namespaces/${namespace}/workflows`]),
    `Simulator's inspector  ${simulatorUrl}`,
    '',
    'Send a message:',
    `  curl -sS ${apiUrl}/v1/messages -H 'Authorization: Bearer ${apiKey}' -H 'Content-Type: application/json' -d '{"to": "+12025550123", "body": "Hello"}'`,
    '',
    'For the examples of README.md and the command line, in another terminal:',
    `  export POSTHORN_URL=${apiUrl} POSTHORN_KEY=${apiKey}`,
    `  export DATABASE_URL=${databaseUrl} TEMPORAL_ADDRESS=${address} TEMPORAL_NAMESPACE=${namespace}`,
  ];
}
