"""The checks of the parameters, by element."""
