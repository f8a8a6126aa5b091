import type { Plugin } from 'vite';

/** A page fetches what its first script imports at once, even what that imports by `import()`, and not one after the other. */
export function preloadImports(): Plugin {
  return {
    name: 'preload-imports',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle = {}, chunk }) => {
        const names = new Set<string>();
        const add = (name: string): void => {
          const file = bundle[name];
          if (file?.type !== 'chunk' || file === chunk || names.has(name)) return;
          names.add(name);
          file.imports.forEach(add);
        };
        [...(chunk?.imports ?? []), ...(chunk?.dynamicImports ?? [])].forEach(add);
        return [...names].map((name) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `./${name}` },
          injectTo: 'head',
        }));
      },
    },
  };
}
