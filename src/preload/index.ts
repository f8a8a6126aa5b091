import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import type { DownFrame, UpFrame, Wire } from '../bridge/frame.ts';

/** As main has them (`main/hosts/electron`). */
const APP_ORIGIN = 'app://ventanilla';
const FRAME_CHANNEL = 'frame';

// A page from anywhere else gets nothing, however it came into this window.
if (location.origin === APP_ORIGIN) {
  const desk: Wire<UpFrame, DownFrame> = {
    post: (frame) => ipcRenderer.send(FRAME_CHANNEL, frame),
    listen: (take) => {
      // Only the frame crosses: the event would give the page the sender.
      const hear = (_event: IpcRendererEvent, frame: DownFrame): void => take(frame);
      ipcRenderer.on(FRAME_CHANNEL, hear);
      ipcRenderer.send(FRAME_CHANNEL, { t: 'hello' });
      return () => {
        ipcRenderer.off(FRAME_CHANNEL, hear);
      };
    },
  };
  contextBridge.exposeInMainWorld('desk', desk);
}
