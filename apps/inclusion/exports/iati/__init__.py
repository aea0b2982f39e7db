"""Programs and their released figures as activities of the IATI Standard, version 2.03."""
