"""Starting everything on one machine: `make demo`, `make test`, `make bench`."""
