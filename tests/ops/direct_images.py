"""Direct calls of the op of image summaries; the pictures are decoded, because encoders compress differently."""

import re
import struct
import zlib

import numpy as np
from direct import GRAPH, program

INVALID = "InvalidArgumentError"


def pictures(summary):
    """Tag, colour space and pixels of each picture of a summary."""
    starts = [found.start() for found in re.finditer(rb"\x89PNG", summary)]
    tags = re.findall(rb"\n.(i/image(?:/\d)?)\"", summary)
    return [[tag.decode(), *decode(summary[at:])] for tag, at in zip(tags, starts)]


def decode(png):
    """The number of channels and the pixels of a picture with 8 or 16 bits a channel."""
    at, data, channels = 8, b"", 0
    while True:
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        chunk = png[at + 8 : at + 8 + size]
        assert zlib.crc32(kind + chunk) == struct.unpack(">I", png[at + 8 + size : at + 12 + size])[0]
        at += 12 + size
        if kind == b"IHDR":
            width, height, bits, colour = struct.unpack(">IIBB", chunk[:10])
            channels = {0: 1, 2: 3, 6: 4}[colour]
        elif kind == b"IDAT":
            data += chunk
        elif kind == b"IEND":
            break
    lines = np.frombuffer(zlib.decompress(data), np.uint8).reshape(height, -1)
    pixel = channels * bits // 8
    above = np.zeros(lines.shape[1] - 1 + pixel, int)
    rows = []
    for line in lines:
        row = np.zeros_like(above)
        for i, x in enumerate(line[1:].tolist()):
            left, up, corner = int(row[i]), int(above[i + pixel]), int(above[i])
            row[i + pixel] = (x + predicted(line[0], left, up, corner)) % 256
        rows.append(row[pixel:])
        above = row
    return [channels, np.array(rows).reshape(height, width, channels).tolist()]


def predicted(kind, left, up, corner):
    """What a PNG filter expects of a byte from its neighbours."""
    if kind == 4:
        return min((left, up, corner), key=lambda x: abs(left + up - corner - x))
    return (0, left, up, (left + up) // 2)[kind]


@program(
    "ImageSummary",
    [
        [["i/image/0", 1, [[[0], [1]], [[2], [3]]]], ["i/image/1", 1, [[[4], [5]], [[6], [7]]]]],
        [["i/image", 3, [[[0, 127, 255]]]]],
        [["i/image", 3, [[[0, 127, 255], [9, 8, 7]]]]],
        [["i/image", 4, [[[1, 2, 3, 4]]]]],
        [["i/image", 1, [[[128], [255], [96]]]]],
        INVALID,
        INVALID,
    ],
    (GRAPH,),
)
def image_summaries(t):
    """Floats are scaled to 255, about 128 if some are negative; a picture with NaN has the bad colour where it is."""
    tf = t.tf

    def made(array, dtype, **attrs):
        return t.raw.ImageSummary(tag="i", tensor=tf.constant(array, dtype), **attrs)

    bad = tf.compat.v1.make_tensor_proto([9, 8, 7, 6], tf.uint8)
    nan = [[[[0.0, 0.5, 1.0], [np.nan, 0.0, 0.0]]]]
    calls = [
        made(np.arange(12).reshape(3, 2, 2, 1), tf.uint8, max_images=2),
        made([[[[0.0, 0.5, 1.0]]]], tf.float32, max_images=1),
        made(nan, tf.float64, max_images=1, bad_color=bad),
        made([[[[1, 2, 3, 4]]]], tf.uint8, max_images=1),
        made([[[[0.0], [2.0], [-0.5]]]], tf.float16, max_images=1),
    ]
    wrong = [np.zeros([1, 2, 2, 2]), np.zeros([2, 2, 1])]
    errors = [t.error(lambda: made(one, tf.float32)).replace("ValueError", INVALID) for one in wrong]
    return [*[pictures(t.value(one)) for one in calls], *errors]
