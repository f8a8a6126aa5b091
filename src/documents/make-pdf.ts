import pdfMake from 'pdfmake';
import files from 'pdfmake/build/vfs_fonts.js';

const ROBOTO = {
  normal: 'Roboto-Regular.ttf',
  bold: 'Roboto-Medium.ttf',
  italics: 'Roboto-Italic.ttf',
  bolditalics: 'Roboto-MediumItalic.ttf',
};

/** Makes a PDF of a pdfmake document whose font is Roboto. It reads no file and asks no network: what it shows is given to it. */
export async function makePdf(document: object): Promise<Uint8Array> {
  prepare();
  return pdfMake.createPdf(document).getBuffer();
}

function prepare(): void {
  if (pdfMake.virtualfs.existsSync(ROBOTO.normal)) return;
  for (const name of Object.values(ROBOTO)) pdfMake.virtualfs.writeFileSync(name, bytesOf(files[name] ?? ''));
  pdfMake.setFonts({ Roboto: ROBOTO });
  pdfMake.setUrlAccessPolicy(() => false);
  pdfMake.setLocalAccessPolicy(() => false);
}

function bytesOf(base64: string): Uint8Array {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
  return bytes;
}
