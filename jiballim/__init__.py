"""The door: the command line and the demo, which compose the rooms and are imported by nobody."""
