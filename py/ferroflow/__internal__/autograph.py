"""What libraries use to convert their users' functions: `tf.__internal__.autograph`."""

from ..autograph.api import tf_convert
from ..autograph.status import current as control_status_ctx

__all__ = ["control_status_ctx", "tf_convert"]
