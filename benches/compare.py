"""Whether the packages' results agree."""

import numpy as np

# In this order one of them says what is right.
REFERENCES = ("numpy", "tensorflow", "torch", "jax", "onnxruntime", "ferroflow")


def differs(row, found, right):
    """What is different in a digest, or None."""
    if len(found) != len(right):
        return f"{len(found)} results in place of {len(right)}"
    for a, b in zip(found, right):
        if list(a["shape"]) != list(b["shape"]):
            return f"shape {a['shape']} in place of {b['shape']}"
        a, b = np.array(a["values"]), np.array(b["values"])
        scale = max(np.abs(b).max(initial=0), 1e-6)
        # Moments of n random numbers lie within 8 standard errors of each other.
        tolerance = row.tolerance if row.check == "close" else 8 / max(np.prod(found[0]["shape"]), 1) ** 0.5
        if not np.isfinite(a).all() or np.abs(a - b).max(initial=0) > tolerance * scale:
            return f"results differ by {np.abs(a - b).max() / scale:.2g} of the largest"
    return None


def faults(row, digests):
    """Column -> {"error": ...} for those that failed, or whose results are not those of the others."""
    cells = {column: d for column, d in digests.items() if isinstance(d, dict)}
    sound = {column: d for column, d in digests.items() if column not in cells}
    reference = next((c for c in REFERENCES if c in sound), None)
    for column, found in sound.items():
        if text := differs(row, found, sound[reference]):
            cells[column] = {"error": f"wrong: {text} of {reference}"}
    return cells
