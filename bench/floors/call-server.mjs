/**
 * The floor of a call's start: serves one page with simple-peer as npm has it, and hands on what one of two sockets says to the
 * other, unread. The guest's page has its camera and microphone on and waits; the agent's takes its own at the click and offers.
 * Prints its port on standard output; ends with its standard input.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { WebSocketServer } from 'ws';

const library = readFileSync(createRequire(import.meta.url).resolve('simple-peer/simplepeer.min.js'));
const PAGE = `<!doctype html><title>call</title>
<button>call</button><video id="own" autoplay playsinline muted></video><video id="other" autoplay playsinline muted></video>
<script src="/simple-peer.js"></script>
<script>
  const isAgent = location.hash === '#agent';
  const socket = new WebSocket(location.href.replace('http', 'ws').split('#')[0]);
  const capture = async () => {
    const stream = await navigator.mediaDevices.getUserMedia({
      video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } },
      audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    });
    own.srcObject = stream;
    return stream;
  };
  let peer = null;
  const open = (stream) => {
    peer = new SimplePeer({ initiator: isAgent, stream });
    peer.on('signal', (signal) => socket.send(JSON.stringify(signal)));
    peer.on('stream', (remote) => {
      other.srcObject = remote;
      other.requestVideoFrameCallback(() => (window.seenAt = performance.timeOrigin + performance.now()));
    });
  };
  let guest = null;
  socket.onmessage = ({ data }) => {
    if (peer === null) open(guest);
    peer.signal(JSON.parse(data));
  };
  document.querySelector('button').onclick = () => {
    window.calledAt = performance.timeOrigin + performance.now();
    capture().then(open);
  };
  socket.onopen = async () => {
    if (!isAgent) guest = await capture();
    window.isReady = true;
  };
</script>`;

const server = createServer((request, response) => {
  if (request.url === '/simple-peer.js') response.setHeader('content-type', 'text/javascript').end(library);
  else response.setHeader('content-type', 'text/html').end(PAGE);
});
const sockets = new WebSocketServer({ server });
sockets.on('connection', (socket) => {
  socket.on('message', (data, isBinary) => {
    for (const other of sockets.clients) if (other !== socket) other.send(data, { binary: isBinary });
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);
});
process.stdin.resume().on('end', () => {
  for (const socket of sockets.clients) socket.terminate();
  sockets.close();
  server.close();
  server.closeAllConnections();
});
