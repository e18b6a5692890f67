import { createHash } from 'node:crypto';
import { OPT_OUT_SOURCES, type OptOutStatement } from '../database/opt-out-store';
import { CATEGORIES } from '../domain/category';
import { REACH_CHANNELS } from '../domain/channel';
import { compact } from '../twilio/compact';
import { unguarded } from './formula-guard';
import { type ImportColumns, type ImportField, type OriginField } from './import-columns';
import { LONGEST_REASON } from './reason-length';
import { RowError } from './row-error';
import { addressCell, momentCell, optedOutCell, textCell, wordCell } from './row-fields';

/** What rows that do not say it get from the import. */
export interface ImportOrigin {
  /** Who imports. */
  readonly actor: string;
  /** When the import began, ISO 8601: the time of opt-outs without one. */
  readonly now: string;
}

/** Both are part of an index, whose entries are limited. */
const LONGEST_EVIDENCE = 200;

/**
 * Reads a row. A row of an export keeps its source, evidence and actor; any other gets evidence made of what it says, so that the
 * same row twice is the same statement.
 * @throws RowError
 */
export function statementOfRow(
  cells: readonly string[],
  columns: ImportColumns,
  { actor, now }: ImportOrigin,
): OptOutStatement {
  if (cells.length > columns.width) {
    throw new RowError('row', 'has more cells than the header: put cells with a delimiter in them in quotes');
  }
  const cell = (field: ImportField | OriginField): string => {
    const place = columns.places[field];
    return place === undefined ? '' : unguarded(cells[place] ?? '');
  };
  const sender = cell('sender').trim();
  const said = {
    address: addressCell('address', cell('address')),
    scope: compact({
      sender: sender === '' ? undefined : addressCell('sender', sender),
      channel: wordCell('channel', cell('channel'), REACH_CHANNELS),
      category: wordCell('category', cell('category'), CATEGORIES),
    }),
    optedOut: optedOutCell(cell('optedOut')),
    ...compact({ reason: textCell('reason', cell('reason'), LONGEST_REASON) }),
  };
  const at = momentCell(cell('at'), now);
  const evidence = textCell('evidence', cell('evidence'), LONGEST_EVIDENCE);
  return evidence === undefined
    ? { ...said, ...newOrigin(said, at), actor, at: at ?? now }
    : { ...said, ...keptOrigin(cell), evidence, at: required('at', at) };
}

function keptOrigin(cell: (field: OriginField) => string): Pick<OptOutStatement, 'source' | 'actor'> {
  return {
    source: required('source', wordCell('source', cell('source'), OPT_OUT_SOURCES)),
    actor: required('actor', textCell('actor', cell('actor'), LONGEST_EVIDENCE)),
  };
}

function required<T>(field: OriginField | 'at', value: T | undefined): T {
  if (value === undefined) {
    throw new RowError(field, 'is missing in a row with evidence: give it, or leave evidence empty');
  }
  return value;
}

/** The time of an import must not lift an older STOP, so what opts in has to say when that was, and why. */
function newOrigin(
  { optedOut, reason }: Pick<OptOutStatement, 'optedOut' | 'reason'>,
  at: string | undefined,
): Pick<OptOutStatement, 'source' | 'evidence'> {
  if (!optedOut && at === undefined) {
    throw new RowError('at', 'is missing: a row that opts in has to say when the recipient did so');
  }
  if (!optedOut && reason === undefined) {
    throw new RowError('reason', 'is missing: a row that opts in has to say why');
  }
  const content = JSON.stringify([at ?? null, reason ?? null]);
  return { source: 'import', evidence: `row ${createHash('sha256').update(content).digest('hex').slice(0, 32)}` };
}
