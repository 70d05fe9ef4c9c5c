"""Stand-ins of the national sources and the housing corporations on one day, written here; every place in them is made up."""
