/** The entry of the workflow bundle: every workflow by its type name. */
export { deliverMessage } from './deliver-message';
