"""The bars: a module each, with `figures(seed, short)`.

`short` is what `make test` runs: the same code, fewer rounds."""
