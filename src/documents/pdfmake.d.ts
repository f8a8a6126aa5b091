/** What we use of pdfmake 0.3, which brings no types. */
declare module 'pdfmake' {
  interface VirtualFiles {
    existsSync: (name: string) => boolean;
    writeFileSync: (name: string, content: Uint8Array) => void;
  }
  interface PdfMake {
    virtualfs: VirtualFiles;
    setFonts: (fonts: Record<string, Record<string, string>>) => void;
    setUrlAccessPolicy: (isAllowed: (url: string) => boolean) => void;
    setLocalAccessPolicy: (isAllowed: (path: string) => boolean) => void;
    createPdf: (document: object) => { getBuffer: () => Promise<Uint8Array> };
  }
  const pdfMake: PdfMake;
  export default pdfMake;
}

declare module 'pdfmake/build/vfs_fonts.js' {
  /** Base64 of each file. */
  const files: Record<string, string>;
  export default files;
}

/** In every process of ours. */
declare function atob(base64: string): string;
