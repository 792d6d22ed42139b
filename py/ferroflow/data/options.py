"""`tf.data.Options`: how pipelines run. They change speed, never which elements a dataset has."""

import enum


class AutoShardPolicy(enum.IntEnum):
    """How a dataset is divided between workers."""

    OFF = -1
    AUTO = 0
    FILE = 1
    DATA = 2
    HINT = 3


class AutotuneAlgorithm(enum.Enum):
    """How parallelism and buffer sizes are chosen."""

    DEFAULT = 0
    HILL_CLIMB = 1
    GRADIENT_DESCENT = 2
    MAX_PARALLELISM = 3
    STAGE_BASED = 4


class ExternalStatePolicy(enum.Enum):
    """What is done about state that a dataset has outside of itself."""

    WARN = 0
    IGNORE = 1
    FAIL = 2


class _Group:
    """Options that are None until they are set."""

    _names = {}

    def __init__(self):
        object.__setattr__(self, "_values", {})
        for name, kind in self._names.items():
            if isinstance(kind, type) and issubclass(kind, _Group):
                self._values[name] = kind()

    def __getattr__(self, name):
        if name.startswith("__") or name not in self._names:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return self._values.get(name)

    def __setattr__(self, name, value):
        if name not in self._names:
            raise AttributeError(f"Cannot set the property {name} on {type(self).__name__}.")
        kind = self._names[name]
        if value is not None and not isinstance(value, kind):
            shown = kind.__name__ if isinstance(kind, type) else " or ".join(k.__name__ for k in kind)
            raise TypeError(f'Property "{name}" must be of type {shown}, got: {value!r} (type: {type(value)})')
        self._values[name] = value

    def __eq__(self, other):
        return type(other) is type(self) and self._values == other._values

    def __ne__(self, other):
        return not self == other

    __hash__ = None

    def merge(self, other):
        """These options with those that `other` sets. ValueError if both set one to different values."""
        merged = type(self)()
        for name in self._names:
            mine, theirs = self._values.get(name), other._values.get(name)
            if isinstance(mine, _Group):
                merged._values[name] = mine.merge(theirs)
            elif theirs is None or mine is None or mine == theirs:
                merged._values[name] = mine if theirs is None else theirs
            else:
                merged._values[name] = theirs
        return merged


class AutotuneOptions(_Group):
    """How parallelism and buffer sizes are chosen: `enabled`, `cpu_budget`, `ram_budget`, `autotune_algorithm`, ..."""

    _names = {
        "enabled": bool,
        "cpu_budget": int,
        "ram_budget": int,
        "autotune_algorithm": AutotuneAlgorithm,
        "initial_parallelism": int,
        "min_parallelism": int,
    }


class DistributeOptions(_Group):
    """How a dataset is divided between workers: `auto_shard_policy`, `num_devices`."""

    _names = {"auto_shard_policy": AutoShardPolicy, "num_devices": int}


class OptimizationOptions(_Group):
    """Rewrites of pipelines; accepted, the pipelines need none."""

    _names = dict.fromkeys(
        [
            "apply_default_optimizations",
            "filter_fusion",
            "filter_parallelization",
            "inject_prefetch",
            "map_and_batch_fusion",
            "map_and_filter_fusion",
            "map_fusion",
            "map_parallelization",
            "noop_elimination",
            "parallel_batch",
            "shuffle_and_repeat_fusion",
            "seq_interleave_prefetch",
        ],
        bool,
    )


class ServiceOptions(_Group):
    """Options of a data service: `pinned`."""

    _names = {"pinned": bool}


class ThreadingOptions(_Group):
    """Threads: `max_intra_op_parallelism`, `private_threadpool_size`."""

    _names = {"max_intra_op_parallelism": int, "private_threadpool_size": int}


class Options(_Group):
    """How a dataset runs; used with `Dataset.with_options`.

    >>> options = Options()
    >>> options.deterministic = False
    >>> options.threading.private_threadpool_size = 2
    """

    _names = {
        "autotune": AutotuneOptions,
        "deterministic": bool,
        "experimental_deterministic": bool,
        "distribute": DistributeOptions,
        "experimental_distribute": DistributeOptions,
        "experimental_optimization": OptimizationOptions,
        "experimental_service": ServiceOptions,
        "experimental_external_state_policy": ExternalStatePolicy,
        "experimental_slack": bool,
        "experimental_symbolic_checkpoint": bool,
        "experimental_threading": ThreadingOptions,
        "experimental_warm_start": bool,
        "threading": ThreadingOptions,
        "dataset_name": str,
        "framework_type": list,
        "name": str,
    }

    _same = {
        "experimental_deterministic": "deterministic",
        "experimental_distribute": "distribute",
        "experimental_threading": "threading",
    }

    def __getattr__(self, name):
        return super().__getattr__(self._same.get(name, name))

    def __setattr__(self, name, value):
        super().__setattr__(self._same.get(name, name), value)
