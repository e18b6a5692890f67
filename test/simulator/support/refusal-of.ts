import RestException from 'twilio/lib/base/RestException';

/** What the API refused a request with. */
export interface Refusal {
  readonly status: number;
  readonly code: number | undefined;
  readonly message: string;
}

/** The refusal that the promise rejects with; fails when it resolves or rejects otherwise. */
export async function refusalOf(promise: Promise<unknown>): Promise<Refusal> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof RestException) {
      const { status, code, message } = error;
      return { status, code, message };
    }
    throw error;
  }
  throw new Error('expected the API to refuse the request, but it was accepted');
}
