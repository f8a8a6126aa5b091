import { useEffect, useState, type ComponentType } from 'react';

type ReadScript = () => Promise<{ Workspace: ComponentType }>;

let Workspace: ComponentType | null = null;

const readScript: ReadScript = () => import('../workspace/workspace.tsx');

/** Reads the workspace's own script, once. Nothing of it stands on the first screen, which does not wait for it. */
export async function loadWorkspace(read = readScript): Promise<void> {
  Workspace ??= (await read()).Workspace;
}

/**
 * The workspace, null until it is there. It is read as soon as there is a session, while the agent signs in, and when that failed
 * again at each change of its state.
 */
export function useWorkspace(
  state: string | null,
  read = readScript,
): { Workspace: ComponentType | null; hasFailed: boolean } {
  // Null while the script has never been read to its end.
  const [hasFailed, setHasFailed] = useState<boolean | null>(Workspace ? false : null);
  useEffect(() => {
    if (state === null) return;
    loadWorkspace(read).then(
      () => setHasFailed(false),
      () => setHasFailed(true),
    );
  }, [state, read]);
  return { Workspace, hasFailed: hasFailed === true };
}
