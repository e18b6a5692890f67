import { type Environment } from '../../config/environment';
import { describeChecks } from '../../cli/describe-doctor';
import { type DoctorReport } from '../../doctor/report';
import { type Scenario } from '../scenario';

const DIGITS = '0123456789abcdef0123456789abcdef';

/** Application and "conductor" in each other's place, and a service whose webhooks go to somebody else. */
async function plant(makeService: (postWebhookUrl: string) => Promise<string>): Promise<Environment> {
  return {
    TWILIO_APPLICATION_SID: `CN${DIGITS}`,
    TWILIO_CONDUCTOR_SID: `AP${DIGITS}`,
    TWILIO_CONVERSATIONS_SERVICE_SID: await makeService('https://elsewhere.example.com/hook'),
  };
}

/** The doctor names what is mixed up, and sets right what it may. */
export const mixedUp: Scenario = {
  title: 'Mixed-up identifiers, says the doctor',
  recipients: [],
  expected: ['red configuration', 'red webhooks', '→ red', 'after --fix:', 'red configuration', '→ red'],
  async play(stage) {
    const { doctor } = stage;
    const configuration = await plant((url) => doctor.makeService(url));
    const before = await doctor.examine(configuration);
    stage.show(describeChecks(before.checks.filter(isBad)));
    await doctor.fix(configuration);
    const after = await doctor.examine(configuration);
    return [...findingsOf(before), 'after --fix:', ...findingsOf(after)];
  },
};

function isBad({ status }: DoctorReport['checks'][number]): boolean {
  return status === 'red' || status === 'yellow';
}

function findingsOf({ checks, status }: DoctorReport): string[] {
  return [...checks.filter(isBad).map((check) => `${check.status} ${check.name}`), `→ ${status}`];
}
