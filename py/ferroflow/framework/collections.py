"""Collections: named lists that belong to a graph, and the names that the library itself uses."""

from .. import _core


class GraphKeys:
    """The names of the collections that the library itself fills, such as `GLOBAL_VARIABLES`."""

    GLOBAL_VARIABLES = "variables"
    LOCAL_VARIABLES = "local_variables"
    METRIC_VARIABLES = "metric_variables"
    MODEL_VARIABLES = "model_variables"
    TRAINABLE_VARIABLES = "trainable_variables"
    SUMMARIES = "summaries"
    QUEUE_RUNNERS = "queue_runners"
    TABLE_INITIALIZERS = "table_initializer"
    ASSET_FILEPATHS = "asset_filepaths"
    MOVING_AVERAGE_VARIABLES = "moving_average_variables"
    REGULARIZATION_LOSSES = "regularization_losses"
    CONCATENATED_VARIABLES = "concatenated_variables"
    SAVERS = "savers"
    WEIGHTS = "weights"
    BIASES = "biases"
    ACTIVATIONS = "activations"
    UPDATE_OPS = "update_ops"
    LOSSES = "losses"
    SAVEABLE_OBJECTS = "saveable_objects"
    RESOURCES = "resources"
    LOCAL_RESOURCES = "local_resources"
    TRAINABLE_RESOURCE_VARIABLES = "trainable_resource_variables"
    INIT_OP = "init_op"
    LOCAL_INIT_OP = "local_init_op"
    READY_OP = "ready_op"
    READY_FOR_LOCAL_INIT_OP = "ready_for_local_init_op"
    SUMMARY_OP = "summary_op"
    GLOBAL_STEP = "global_step"
    EVAL_STEP = "eval_step"
    TRAIN_OP = "train_op"
    COND_CONTEXT = "cond_context"
    WHILE_CONTEXT = "while_context"
    VARIABLES = "variables"
    _SUMMARY_COLLECTION = "_SUMMARY_V2"
    _STREAMING_MODEL_PORTS = "streaming_model_ports"
    _VARIABLE_COLLECTIONS = [
        "variables",
        "local_variables",
        "metric_variables",
        "model_variables",
        "trainable_variables",
        "moving_average_variables",
        "concatenated_variables",
        "trainable_resource_variables",
    ]


class Collections:
    """The collections of a graph: a mixin of `tf.Graph`."""

    def _start_collections(self):
        self._collections = {}

    @property
    def collections(self):
        """The names of the collections that exist."""
        return list(self._collections)

    def _check_open(self):
        if self.finalized:
            raise RuntimeError("Graph is finalized and cannot be modified.")

    def add_to_collection(self, name, value):
        """Appends `value` to the collection `name`; it may be there several times."""
        self._check_open()
        self._collections.setdefault(name, []).append(value)

    def add_to_collections(self, names, value):
        """Appends `value` to each of the collections `names` (a name or a list of names)."""
        for name in (names,) if isinstance(names, str) else set(names):
            self.add_to_collection(name, value)

    def get_collection_ref(self, name):
        """The list of the collection itself: changes to it change the collection."""
        return self._collections.setdefault(name, [])

    def get_collection(self, name, scope=None):
        """A copy of the collection; with `scope`, a regular expression, only of items whose name matches from its start."""
        items = self._collections.get(name, [])
        if scope is None:
            return list(items)
        import re

        pattern = re.compile(scope)
        return [item for item in items if hasattr(item, "name") and pattern.match(item.name)]

    def get_all_collection_keys(self):
        """The names of all collections that are strings."""
        return [name for name in self._collections if isinstance(name, str)]

    def clear_collection(self, name):
        """Forgets a collection."""
        self._check_open()
        self._collections.pop(name, None)


def add_to_collection(name, value):
    """Appends `value` to the collection `name` of the default graph."""
    _core.default_graph().add_to_collection(name, value)


def add_to_collections(names, value):
    """Appends `value` to each of the collections `names` of the default graph."""
    _core.default_graph().add_to_collections(names, value)


def get_collection(key, scope=None):
    """A copy of the collection `key` of the default graph; see `tf.Graph.get_collection`."""
    return _core.default_graph().get_collection(key, scope)


def get_collection_ref(key):
    """The collection `key` of the default graph itself."""
    return _core.default_graph().get_collection_ref(key)


def get_all_collection_keys():
    """The names of the collections of the default graph."""
    return _core.default_graph().get_all_collection_keys()
