"""Random histories of a small world, told to the services that pages and commands call."""
