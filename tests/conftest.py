"""No test but those in tests/gpu sees a GPU: what they check is the same on every machine."""

import os

os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
