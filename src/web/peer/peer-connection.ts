/**
 * A connection for media alone. simple-peer makes a data channel with each connection and ends the connection with the channel;
 * ours has a stand-in that never opens, and closes any that the other side opens, so that nothing a guest sends on one is kept
 * or can end the call (trust B71). It is also how we get at the browser's own connection: tracks are switched, bounded and
 * measured there.
 */
export function mediaConnection(made: (connection: RTCPeerConnection) => void): typeof RTCPeerConnection {
  return class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      this.addEventListener('datachannel', ({ channel }) => channel.close());
      made(this);
    }

    override createDataChannel(): RTCDataChannel {
      const standIn = { label: '', readyState: 'connecting', close: () => undefined };
      return standIn as unknown as RTCDataChannel;
    }
  };
}
