import { type OptOutEntry, type OptOutStatement } from '../../database/opt-out-store';
import { type OptOutScope } from '../../domain/opt-out-scope';

/** Where a recipient stands now. */
export interface OptOutView {
  readonly address: string;
  /** Whether anything is opted out. */
  readonly optedOut: boolean;
  /** What is opted out now; a part of a scope that is null means any. What was lifted stays in the history. */
  readonly scopes: readonly (ScopeView & { readonly source: string; readonly at: string })[];
}

/** What a recipient, a tenant or Twilio said, and when. */
export interface OptOutHistoryView {
  readonly address: string;
  readonly history: readonly Omit<StatementView, 'address'>[];
}

/** One statement: what, by whom, on what evidence. */
export interface StatementView extends ScopeView {
  readonly address: string;
  readonly optedOut: boolean;
  readonly source: string;
  readonly evidence: string;
  readonly actor: string;
  readonly reason: string | null;
  readonly at: string;
}

interface ScopeView {
  readonly sender: string | null;
  readonly channel: string | null;
  readonly category: string | null;
}

/** Shows the present state of an address; one that nobody knows has opted out of nothing. */
export function presentOptOut(address: string, entries: readonly OptOutEntry[]): OptOutView {
  const scopes = entries
    .filter(({ optedOut }) => optedOut)
    .map(({ scope, source, at }) => ({ ...presentScope(scope), source, at }));
  return { address, optedOut: scopes.length > 0, scopes };
}

/** Shows every statement about an address, oldest first. */
export function presentHistory(address: string, statements: readonly OptOutStatement[]): OptOutHistoryView {
  const history = statements.map(presentSaid);
  return { address, history };
}

/** Shows a statement; a part of its scope that is null means any. */
export function presentStatement(statement: OptOutStatement): StatementView {
  return { address: statement.address, ...presentSaid(statement) };
}

function presentSaid(statement: OptOutStatement): Omit<StatementView, 'address'> {
  const { scope, optedOut, source, evidence, actor, reason, at } = statement;
  return { at, optedOut, ...presentScope(scope), source, evidence, actor, reason: reason ?? null };
}

function presentScope({ sender, channel, category }: OptOutScope): ScopeView {
  return { sender: sender ?? null, channel: channel ?? null, category: category ?? null };
}
