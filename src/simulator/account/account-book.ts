import { checked } from '../control/control-error';
import { accountSchema, type Account, type AccountInput } from './account-schema';

/** The account as it is now; the control API changes it. */
export interface AccountBook {
  readonly account: Account;
  /** When the account and all that it owns was made. */
  readonly createdAt: Date;
  /** Changes the named parts, each as a whole. @throws ControlError that names what is wrong */
  change(parts: AccountInput): void;
}

/** A book that begins with this account. */
export function createAccountBook(initial: Account): AccountBook {
  let account = initial;
  return {
    get account() {
      return account;
    },
    createdAt: new Date(),
    change(parts) {
      account = checked(accountSchema, { ...account, ...parts });
    },
  };
}
