"""A tone to send, and a look at what is heard."""

import array
import asyncio
import fractions
import math

import av
from aiortc import MediaStreamTrack
from aiortc.mediastreams import MediaStreamError

RATE = 48_000
"""Samples a second: Opus over RTP (RFC 7587)."""
FRAME = RATE // 50
"""Samples of a packet: 20 ms."""
LOOK_FRAMES = 25
"""Half a second is looked at together."""


class Tone(MediaStreamTrack):
    """A sine."""

    kind = "audio"

    def __init__(self, hertz):
        super().__init__()
        self.hertz = hertz
        self.sent = 0
        self.begun = None

    async def recv(self):
        loop = asyncio.get_running_loop()
        self.begun = self.begun or loop.time()
        await asyncio.sleep(self.begun + self.sent / RATE - loop.time())
        turn = 2 * math.pi * self.hertz / RATE
        samples = (round(8_000 * math.sin(turn * at)) for at in range(self.sent, self.sent + FRAME))
        frame = av.AudioFrame(format="s16", layout="mono", samples=FRAME)
        frame.planes[0].update(array.array("h", samples).tobytes())
        frame.sample_rate, frame.pts, frame.time_base = RATE, self.sent, fractions.Fraction(1, RATE)
        self.sent += FRAME
        return frame


async def measure(track):
    """Loudness (root mean square, of 32,767) and pitch (from zero crossings, in Hertz) of each half second."""
    samples, channels = array.array("h"), 1
    while True:
        try:
            frame = await track.recv()
        except MediaStreamError:
            return
        channels = len(frame.layout.channels)
        samples.frombytes(bytes(frame.planes[0])[: frame.samples * channels * 2])
        if len(samples) < LOOK_FRAMES * FRAME * channels:
            continue
        left = samples[::channels]
        samples = array.array("h")
        loudness = math.sqrt(sum(sample * sample for sample in left) / len(left))
        rises = sum(one < 0 <= other for one, other in zip(left, left[1:]))
        yield round(loudness), round(rises * frame.sample_rate / len(left))
