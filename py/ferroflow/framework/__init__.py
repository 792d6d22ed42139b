"""The framework: the Python classes that everything else stands on."""
