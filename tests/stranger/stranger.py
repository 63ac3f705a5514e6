"""A client by somebody who read PROTOCOL.md and nothing else: neither a browser nor Rust.

Comes into a room and listens; with --speak it also sends a tone. Says what happens as lines of JSON, and goes home
when its input closes.
"""

import argparse
import asyncio
import json
import random
import re
import sys
import urllib.request
from urllib.parse import urlsplit

import aiortc
import msgpack
import websockets

import sound

SLOTS = 6
"""Sections that receive (Voice, 3)."""
BEAT_S = 20
"""Say `beat` after so many seconds (Heartbeats)."""
HUNG_UP_S = 2
"""Offer anew within so many seconds (Events, `hung_up`)."""


def tell(**what):
    print(json.dumps(what), flush=True)


class Line:
    """The WebSocket: messages out, events in, and an answer to each command."""

    def __init__(self, socket):
        self.socket = socket
        self.next_n = 1
        self.waiting = {}

    async def send(self, **message):
        await self.socket.send(msgpack.packb(message))

    async def ask(self, **command):
        """Sends a command and returns its answer."""
        n, self.next_n = self.next_n, self.next_n + 1
        answer = self.waiting[n] = asyncio.get_running_loop().create_future()
        await self.send(n=n, **command)
        return await answer

    async def must(self, **command):
        answer = await self.ask(**command)
        if answer["t"] == "refused":
            raise SystemExit(f"refused: {command['t']}: {answer['code']}")
        return answer

    async def events(self):
        """Everything that happens, `welcome` first. Answers go to those who wait for them."""
        async for raw in self.socket:
            message = msgpack.unpackb(raw)
            for event in message["ev"] if message["t"] == "frame" else [message]:
                waiting = self.waiting.pop(event.get("n"), None)
                if waiting is None:
                    yield event
                else:
                    waiting.set_result(event)

    async def beats(self):
        while True:
            await asyncio.sleep(BEAT_S)
            await self.send(t="beat")


def without_addresses(sdp):
    """Voice, 3: neither candidates nor an address anywhere else."""
    kept = [line for line in sdp.splitlines() if not line.startswith(("a=candidate", "a=end-of-candidates"))]
    return "".join(re.sub(r"IN IP[46] \S+", "IN IP4 0.0.0.0", line) + "\r\n" for line in kept)


class Voice:
    """The WebRTC connection."""

    def __init__(self, line, ice_servers, relay):
        self.line = line
        policy = aiortc.RTCIceTransportPolicy.RELAY if relay else aiortc.RTCIceTransportPolicy.ALL
        self.configuration = aiortc.RTCConfiguration(
            iceServers=[aiortc.RTCIceServer(**server) for server in ice_servers],
            iceTransportPolicy=policy,
            # The only policy under which this library reads the candidates where RFC 9429 (5.3.1) has them: in the first
            # section of a bundle.
            bundlePolicy=aiortc.RTCBundlePolicy.MAX_COMPAT,
        )
        self.connection = None
        self.voices = {}
        self.ears = set()

    async def call(self):
        """Offers (Voice, 3) and takes the answer (4)."""
        await self.hang_up()
        self.connection = connection = aiortc.RTCPeerConnection(self.configuration)
        connection.on("connectionstatechange", lambda: tell(connection=connection.connectionState))
        self.sender = connection.addTransceiver("audio", direction="sendonly").sender
        receiving = [connection.addTransceiver("audio", direction="recvonly") for _ in range(SLOTS)]
        await connection.setLocalDescription(await connection.createOffer())
        answer = await self.line.must(t="offer", sdp=without_addresses(connection.localDescription.sdp))
        await connection.setRemoteDescription(aiortc.RTCSessionDescription(sdp=answer["sdp"], type="answer"))
        for transceiver in receiving:
            ear = asyncio.create_task(self.listen(transceiver))
            self.ears.add(ear)
            ear.add_done_callback(self.ears.discard)

    async def listen(self, transceiver):
        """Tells what is heard in one slot."""
        async for loudness, hertz in sound.measure(transceiver.receiver.track):
            if (who := self.voices.get(transceiver.mid)) is not None:
                tell(hears=who, loudness=loudness, hertz=hertz)

    async def hang_up(self):
        if self.connection is not None:
            await self.connection.close()


async def stranger(options):
    server = urlsplit(options.url)
    with urllib.request.urlopen(f"{options.url}/api/v1/voice") as answer:
        here = json.load(answer)
    if not here["on"]:
        raise SystemExit("there is no voice here")
    way = "voice" if options.speak else "listen"
    hello = {"nick": options.nick, "look": {"figure": 1, "colour": 1}, "way": way}
    address = f"ws://{server.netloc}/ws"
    async with websockets.connect(address, subprotocols=["ibasho.v1"], origin=options.url, compression=None) as socket:
        line = Line(socket)
        voice = Voice(line, here["ice_servers"], options.relay)
        tasks = [asyncio.create_task(until_input_closes()), asyncio.create_task(line.beats())]

        async def speak():
            await voice.call()
            if options.speak:
                voice.sender.replaceTrack(sound.Tone(options.speak))
                await line.must(t="mic", on=True)

        async def call_again():
            await asyncio.sleep(random.uniform(0, HUNG_UP_S))
            await speak()

        async def follow():
            await line.send(t="hello", v=1, room=options.room, enter={"new": hello})
            async for event in line.events():
                match event:
                    case {"t": "welcome"}:
                        line.next_n = event["next_n"]
                        await line.send(t="ready")
                        tell(inside=event["you"], speaking=event.get("speaking", []))
                        tasks.append(asyncio.create_task(speak()))
                    case {"t": "slots"}:
                        voice.voices = {slot["mid"]: slot["who"] for slot in event["slots"]}
                        tell(slots=event["slots"])
                    case {"t": "speaking"}:
                        tell(speaking=event["who"])
                    case {"t": "hung_up"}:
                        tasks.append(asyncio.create_task(call_again()))
                    case {"t": "refused"}:
                        raise SystemExit(f"refused: {event['code']}")

        tasks.append(asyncio.create_task(follow()))
        leaves, following = tasks[0], tasks[-1]
        await asyncio.wait([leaves, following], return_when=asyncio.FIRST_COMPLETED)
        if following.done():
            following.result()
        await line.send(t="leave")
        await voice.hang_up()
        for task in tasks:
            task.cancel()


async def until_input_closes():
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("url", help="the place, e.g. http://localhost:8080")
    options.add_argument("--room", default="house")
    options.add_argument("--nick", default="たびびと")
    options.add_argument("--speak", type=float, metavar="HERTZ", help="send a tone")
    options.add_argument("--relay", action="store_true", help="only by the place's TURN servers")
    asyncio.run(stranger(options.parse_args()))


if __name__ == "__main__":
    main()
