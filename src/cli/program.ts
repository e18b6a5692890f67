import { Command } from 'commander';
import { type CliContext } from './cli-context';
import { addAcknowledge } from './commands/acknowledge';
import { addCallbacks } from './commands/callbacks';
import { addCancel } from './commands/cancel';
import { addCheck } from './commands/check';
import { addDead } from './commands/dead';
import { addDemo } from './commands/demo';
import { addDev } from './commands/dev';
import { addDoctor } from './commands/doctor';
import { addOptOuts } from './commands/opt-outs';
import { addRedrive } from './commands/redrive';
import { addRelease } from './commands/release';
import { addReport } from './commands/report';
import { addSend } from './commands/send';
import { addSetup } from './commands/setup';
import { addShow } from './commands/show';
import { addSimulate } from './commands/simulate';
import { addTasks } from './commands/tasks';
import { addTrace } from './commands/trace';
import { addSuppressions } from './commands/suppressions';
import { addWebhooks } from './commands/webhooks';

const EPILOGUE = `
Settings come from the environment and from a file .env; .env.example explains every name.
Exit codes: 0 done, 1 failed, 2 called in a wrong way, 78 wrong environment.`;

/** The command line as commander sees it. It throws where commander would end the process. */
export function createProgram(context: CliContext): Command {
  const program = new Command('posthorn')
    .description('Follows every outbound message until it has landed or somebody knows why not.')
    .addHelpText('after', EPILOGUE)
    .showHelpAfterError('Run it with --help to see what it takes.')
    .exitOverride()
    .configureOutput({ writeOut: context.write, writeErr: context.complain });
  for (const add of [
    addSetup,
    addDoctor,
    addSend,
    addShow,
    addTrace,
    addCancel,
    addAcknowledge,
    addTasks,
    addRelease,
    addDead,
    addRedrive,
    addReport,
    addOptOuts,
    addSuppressions,
    addWebhooks,
    addCallbacks,
    addSimulate,
    addCheck,
    addDemo,
    addDev,
  ]) {
    add(program, context);
  }
  return program;
}
