import { type Readable } from 'node:stream';
import { z } from 'zod';
import { type OptOutStore } from '../../../database/opt-out-store';
import { CsvFileError } from '../../../opt-outs/csv-file-error';
import { IMPORT_FIELDS } from '../../../opt-outs/import-columns';
import { importOptOuts as importFile, type RowProblem } from '../../../opt-outs/import-opt-outs';
import { expectation, expectOneOf } from '../../../request/expectation';
import { strictObject } from '../../../request/strict-object';
import { compact } from '../../../twilio/compact';
import { type AppContext, tenantOf } from '../../app-context';
import { HttpProblem } from '../../http-problem';
import { refuseCompression } from '../../raw-body';
import { invalid, validateQuery } from '../../validate';

/** Rows at fault that an answer lists; the count has all of them. */
const MOST_LISTED = 100;

const columnField = z.string({ error: expectation('the name of one column') }).optional();
const querySchema = strictObject('query parameters', {
  dryRun: z
    .enum(['true', 'false'], { error: expectOneOf(['true', 'false']) })
    .default('false')
    .transform((text) => text === 'true'),
  ...(Object.fromEntries(IMPORT_FIELDS.map((field) => [field, columnField])) as Record<
    (typeof IMPORT_FIELDS)[number],
    typeof columnField
  >),
});

export interface ImportDependencies {
  readonly optOuts: Pick<OptOutStore, 'recordAll' | 'countNew'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * POST /v1/opt-outs/import: takes the rows of a CSV file as they come in. Query parameters name columns: `?address=Phone%20Number`.
 * Answers 200 when the file could be read; `wrong` and `errors` tell which rows were not taken.
 */
export function importOptOuts({ optOuts, now }: ImportDependencies) {
  return async function importOptOuts(context: AppContext): Promise<void> {
    const { dryRun, ...map } = validateQuery(querySchema, context);
    refuseOtherThanCsv(context);
    const errors: RowProblem[] = [];
    const { columns, ...counts } = await whole(
      importFile(optOuts, {
        file: bodyOf(context.req),
        map: compact(map),
        howToMap: (field) => `?${field}=<column>`,
        actor: tenantOf(context),
        now: new Date(now()).toISOString(),
        isDryRun: dryRun,
        onProblem: (problem) => {
          if (errors.length < MOST_LISTED) {
            errors.push(problem);
          }
        },
      }),
    );
    context.body = { dryRun, ...counts, columns: columns.used, ignoredColumns: columns.ignored, errors };
  };
}

function refuseOtherThanCsv(context: AppContext): void {
  refuseCompression(context);
  if (context.is('text/csv') === false || context.request.get('Content-Type') === '') {
    throw new HttpProblem('unsupported_media_type', {
      errors: [
        {
          field: 'Content-Type',
          message: 'Content-Type is not text/csv: set it to text/csv, and send the file itself',
        },
      ],
    });
  }
}

/** Left open when reading stops early: the caller would not hear the answer on a connection that was torn down. */
function bodyOf(request: Readable): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => request.iterator({ destroyOnReturn: false }) as AsyncIterator<Uint8Array> };
}

async function whole<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof CsvFileError) {
      throw invalid(error.problems, 'body');
    }
    // Source: https://nodejs.org/docs/latest-v20.x/api/http.html#event-close_2
    if ((error as { readonly code?: unknown }).code === 'ECONNRESET') {
      throw new HttpProblem('body_incomplete', { cause: error });
    }
    throw error;
  }
}
