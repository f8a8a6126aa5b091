import { readDeskEnvironment, type DeskEnvironment } from '../../start/desk-environment.ts';
import type { MachineSettings } from './machine-settings.ts';

export interface DeskSettings extends DeskEnvironment {
  hasUpdates: boolean;
  /** Variables of the user that something stronger overrules: worth a line in the log. */
  overruled: string[];
}

/**
 * Who decides (trust T28): the machine's administrators, else the user's variables, else the defaults.
 * @param machine null while the desk runs from the project's folder, where the variables decide
 * @param dataFolder of an installed desk
 * @throws EnvironmentError for a wrong value, whoever gave it
 */
export function decideSettings({
  machine,
  dataFolder,
  variables,
}: {
  machine: MachineSettings | null;
  dataFolder: string;
  variables: Readonly<Record<string, string | undefined>>;
}): DeskSettings {
  const stronger: Record<string, string> = {
    ...(machine !== null && { VENTANILLA_DATA: dataFolder }),
    ...(machine?.server !== undefined && { VENTANILLA_SERVER: machine.server }),
    ...(machine?.headersKept !== undefined && { VENTANILLA_HEADERS_KEPT: String(machine.headersKept) }),
  };
  const environment = readDeskEnvironment({ ...variables, ...stronger });
  return {
    ...environment,
    hasUpdates: machine?.updates === 'on' && environment.serverUrl.protocol === 'https:',
    overruled: Object.entries(stronger).flatMap(([name, value]) =>
      variables[name] === undefined || variables[name] === value ? [] : [name],
    ),
  };
}
