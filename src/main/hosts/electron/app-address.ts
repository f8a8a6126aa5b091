/** The renderer's own scheme: nothing of it is ever loaded from a file address or from the network. */
export const APP_SCHEME = 'app';
/** As Chromium serializes it; the preload script exposes `window.desk` to this origin alone. */
export const APP_ORIGIN = 'app://ventanilla';
export const APP_ENTRY = `${APP_ORIGIN}/index.html`;
