"""What people take away of a release: files that say what the pages say, cell by cell."""
