/** Whether this page runs in a window of the desk's own program, which gives it further ones that stay on top. */
export const hasOwnWindows = (page: Window): boolean => page.desk !== undefined;
