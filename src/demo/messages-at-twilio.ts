import { type SimulatorControl } from '../simulator/control/simulator-control';

/** How many messages to a number Twilio was ever given: `messages at Twilio: 1`. */
export function messagesAtTwilio(simulator: SimulatorControl, address: string): string {
  const { conversations } = simulator.snapshot({ address });
  const count = conversations.flatMap(({ messages }) => messages).filter(({ source }) => source === 'API').length;
  return `messages at Twilio: ${count}`;
}
