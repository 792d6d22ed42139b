"""Direct calls of ops that pass arrays on and say what may be done with them."""

import numpy as np
from direct import EAGER, program


@program("PreventGradient", [[1.0, 2.0], [b"a"], "Gradient explicitly disabled. Reason: b'it is rounded'"])
def prevented_gradients(t):
    """The value passes; a gradient through it is an error with the reason."""
    x = t.tf.constant([1.0, 2.0])

    def through(x):
        return t.raw.PreventGradient(input=x, message="it is rounded")

    def gradient():
        if t.mode != EAGER:
            return t.tf.compat.v1.gradients(through(x), x)
        with t.tf.GradientTape() as tape:
            tape.watch(x)
            y = through(x)
        return tape.gradient(y, x)

    try:
        gradient()
        reason = "no error"
    except LookupError as error:
        reason = str(error).splitlines()[0]
    return [t.value(through(x)), t.value(t.raw.PreventGradient(input=np.array([b"a"], object))), reason]
