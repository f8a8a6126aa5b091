import { createElement, useEffect, useState, type ComponentType, type ReactNode } from 'react';

let Workspace: ComponentType | null = null;

/** Reads the workspace's own script, once. Nothing of it stands on the first screen, which does not wait for it. */
export async function loadWorkspace(): Promise<void> {
  Workspace ??= (await import('../workspace/workspace.tsx')).Workspace;
}

/** The workspace, null until it is there. It is read once `isStarted`: while the agent signs in. */
export function useWorkspace(isStarted: boolean): ReactNode {
  const [, setIsLoaded] = useState(Workspace !== null);
  useEffect(() => {
    if (isStarted) void loadWorkspace().then(() => setIsLoaded(true));
  }, [isStarted]);
  return Workspace && createElement(Workspace);
}
