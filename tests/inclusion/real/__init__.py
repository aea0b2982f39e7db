"""The three published sets: counted by plain means, and read from wherever their release is told."""
