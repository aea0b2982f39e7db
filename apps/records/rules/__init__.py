"""What a file of records means: read its rows, and turn each into a record or into problems."""
