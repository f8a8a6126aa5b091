/** What Vite makes of imports that are no code. */
declare module '*.module.css' {
  const classes: { readonly [name: string]: string };
  export default classes;
}

declare module '*.css?inline' {
  const style: string;
  export default style;
}

declare module '*.css';

declare module '*.svg?raw' {
  const markup: string;
  export default markup;
}

declare module '*.svg' {
  const url: string;
  export default url;
}

declare module '*.woff2' {
  const url: string;
  export default url;
}

declare module '*.mp3' {
  const url: string;
  export default url;
}
